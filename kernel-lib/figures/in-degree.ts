import { dot, rectY, ruleY } from '@observablehq/plot'
import type { Observed } from '../stats/observed/observed.ts'
import { type Degree, type Degrees, degrees } from '../stats/routing/degree.ts'
import { tableGraphs } from '../stats/routing/table-graph.ts'
import { tablesAt } from '../stats/routing/tables.ts'
import type { Sample } from '../stats/sample/sample.ts'
import { type DrawnRun, drawnRuns } from './data/runs.ts'
import { colours } from './draw/colours.ts'
import type { Drawing, Ground } from './draw/drawing.ts'
import { meanMark } from './draw/mean-mark.ts'
import { plotted } from './draw/plotted.ts'
import { wholeTicks } from './draw/ticks.ts'
import type { Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { basisOf, between, captionOf, counted, figureOf, methodOf, shortName, subtitleOf } from './words/words.ts'

/** What the in-degree distribution is drawn from. */
export interface InDegreeData {
  readonly degrees: Degrees
  /** Peers in the order of the values of `degrees.in`. */
  readonly peers: readonly string[]
  readonly runs: readonly DrawnRun[]
}

/** Figure of R6: peers by the number of tables that hold them, at the snapshot `end` or the last one. */
export function inDegreeDistribution(data: Observed, options: { snapshot?: string } = {}): Figure {
  const all = tablesAt(data, options)
  const peers = tableGraphs(all).flatMap(({ peers, servers }) => peers.filter((_, index) => servers[index]))
  return drawInDegree({ degrees: degrees(all), peers, runs: drawnRuns(data) })
}

interface Bin {
  readonly low: number
  readonly high: number
  readonly peers: number
}

/** The same from the statistic; peers in no table are named. */
export function drawInDegree({ degrees: about, peers, runs }: InDegreeData): Figure {
  const inDegree = about.in
  const values = inDegree.values ?? []
  const unheld = about.zeroIn
  const common = {
    name: 'in-degree',
    subtitle: `${subtitleOf(inDegree)} Snapshot “${about.snapshot}”.`,
    caption: captionOf(
      basisOf(inDegree, 'peer'),
      `Gini ${figureOf(inDegree.gini)}`,
      unheldWords(unheld),
      methodOf(inDegree.interval),
    ),
    runs,
  }
  if (inDegree.n === 0 || values.length === 0)
    return noData({ ...common, what: 'In-degree', why: `no routing table was recorded at “${about.snapshot}”` })
  const title = titleOf(inDegree, unheld.length)
  return makeFigure({
    ...common,
    title,
    description: `${title}. The mean is ${figureOf(inDegree.mean)} ${between(inDegree.interval)}, the least ${Math.min(...values)}, the most ${Math.max(...values)}.`,
    columns: ['peer', 'in_degree'],
    rows: peers.map((peer, index) => [peer, values[index] ?? null]),
    draw: (ground) => draw(ground, inDegree, values),
  })
}

function titleOf(inDegree: Degree, unheld: number): string {
  const half = `Half of the peers are in ${figureOf(inDegree.median)} tables or fewer`
  return unheld === 0
    ? `${half}; every peer is in at least one`
    : `${half}; ${counted(unheld, 'peer')} ${unheld === 1 ? 'is' : 'are'} in none`
}

function unheldWords(unheld: readonly string[]): string {
  if (unheld.length === 0) return ''
  const more = unheld.length > 5 ? ` and ${unheld.length - 5} more` : ''
  return `in no table: ${unheld.slice(0, 5).map(shortName).join(', ')}${more}`
}

function binsOf(values: readonly number[]): Bin[] {
  const most = Math.max(...values)
  const width = Math.max(1, Math.ceil((most + 1) / 40))
  const bins = Array.from({ length: Math.floor(most / width) + 1 }, (_, index) => ({
    low: index * width,
    high: (index + 1) * width,
    peers: 0,
  }))
  for (const value of values) {
    const bin = bins[Math.floor(value / width)]
    if (bin) bin.peers++
  }
  return bins
}

function draw(ground: Ground, inDegree: Sample, values: readonly number[]): Drawing {
  const bins = binsOf(values)
  const highest = Math.max(...bins.map((bin) => bin.peers))
  const top = highest * 1.18
  const shift = (bins[0]?.high ?? 1) === 1 ? 0.5 : 0
  const few = values.length < 30
  const domain = [-shift, (bins.at(-1)?.high ?? 1) - shift] as const
  return plotted(ground, {
    height: ground.narrow ? 260 : 300,
    x: { label: 'tables that hold the peer', domain, ticks: wholeTicks(domain, ground), tickFormat: 'd' },
    y: { label: 'peers', domain: [0, top * 1.12], ticks: Math.min(4, highest), tickFormat: 'd' },
    marks: [
      few
        ? dot(stacked(values), { x: 'x', y: 'y', r: 4, fill: colours.blue })
        : rectY(bins, {
            x1: (bin: Bin) => bin.low - shift,
            x2: (bin: Bin) => bin.high - shift,
            y: 'peers',
            fill: (bin: Bin) => (bin.low === 0 && bin.high === 1 ? colours.vermilion : colours.blue),
            insetLeft: 0.5,
            insetRight: 0.5,
          }),
      ruleY([0]),
      ...meanMark(inDegree, { y: top, domain }),
    ],
  })
}

/** One dot for each peer, equal ones piled up. */
function stacked(values: readonly number[]): { x: number; y: number }[] {
  const piles = new Map<number, number>()
  return values.map((x) => {
    const y = (piles.get(x) ?? 0) + 1
    piles.set(x, y)
    return { x, y: y - 0.5 }
  })
}

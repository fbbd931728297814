import { dot, rectY, ruleY } from '@observablehq/plot'
import type { Sample } from '../stats/sample.ts'
import { colours } from './colours.ts'
import type { Drawing, Ground } from './drawing.ts'
import { type Figure, makeFigure } from './figure.ts'
import { meanMark } from './mean-mark.ts'
import { noData } from './no-data.ts'
import { plotted } from './plotted.ts'
import { basisOf, between, captionOf, counted, figureOf, methodOf, runsOf, shortName, subtitleOf } from './words.ts'

/** What the in-degree distribution is drawn from. */
export interface InDegreeData {
  /** R6: tables that hold a peer, `values` in the order of `peers`, `mean`, `quantiles`. */
  readonly inDegree: Sample
  readonly peers: readonly string[]
  readonly gini: number | null
  readonly snapshot: string
  readonly runs: readonly string[]
}

interface Bin {
  readonly low: number
  readonly high: number
  readonly peers: number
}

/** Peers by the number of tables that hold them (R6); those in none are named. */
export function drawInDegree(data: InDegreeData): Figure {
  const { inDegree, peers } = data
  const values = inDegree.values ?? []
  const unheld = peers.filter((_, index) => values[index] === 0)
  const common = {
    name: 'in-degree',
    subtitle: `${subtitleOf(inDegree)} Snapshot “${data.snapshot}”.`,
    caption: captionOf(
      basisOf(inDegree, 'peer'),
      `Gini ${figureOf(data.gini)}`,
      unheldWords(unheld),
      methodOf(inDegree.interval),
      runsOf(data.runs),
    ),
    runs: data.runs,
  }
  if (inDegree.n === 0 || values.length === 0)
    return noData({ ...common, what: 'In-degree', why: `no routing table was recorded at “${data.snapshot}”` })
  const title = titleOf(data, unheld.length)
  return makeFigure({
    ...common,
    title,
    description: `${title}. The mean is ${figureOf(inDegree.mean)} ${between(inDegree.interval)}, the least ${Math.min(...values)}, the most ${Math.max(...values)}.`,
    columns: ['peer', 'in_degree'],
    rows: peers.map((peer, index) => [peer, values[index] ?? null]),
    draw: (ground) => draw(ground, inDegree, values),
  })
}

function titleOf({ inDegree }: InDegreeData, unheld: number): string {
  const half = `Half of the peers are in ${figureOf(inDegree.quantiles?.['0.5'] ?? null)} tables or fewer`
  return unheld === 0
    ? `${half}; none is in no table`
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
    x: { label: 'tables that hold the peer', domain, ticks: ground.narrow ? 6 : 10, tickFormat: 'd' },
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

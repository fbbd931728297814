import { rectY, ruleY, text } from '@observablehq/plot'
import type { AttemptOptions } from '../stats/lookups/attempts.ts'
import { alreadyConnected } from '../stats/lookups/connected.ts'
import { type HopsSample, hops } from '../stats/lookups/hops.ts'
import { trace } from '../stats/lookups/traced.ts'
import type { Observed } from '../stats/observed/observed.ts'
import type { Sample } from '../stats/sample/sample.ts'
import { type DrawnRun, drawnRuns } from './data/runs.ts'
import { colours } from './draw/colours.ts'
import type { Drawing, Ground } from './draw/drawing.ts'
import { meanMark } from './draw/mean-mark.ts'
import { plotted } from './draw/plotted.ts'
import type { Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { connectedWords } from './words/connected-words.ts'
import {
  basisOf,
  between,
  captionOf,
  counted,
  figureOf,
  inWords,
  methodOf,
  percent,
  plural,
  subtitleOf,
} from './words/words.ts'

/** What a hop distribution is drawn from. */
export interface HopData {
  /** D4: `counts` are lookups by hops. */
  readonly hops: HopsSample
  /** Share of lookups whose asker was connected to the target beforehand. */
  readonly connected: Sample
  readonly runs: readonly DrawnRun[]
}

/** Figure of D4: lookups by number of hops, with the share of pairs that were connected beforehand. */
export function hopDistribution(data: Observed, options: AttemptOptions = {}): Figure {
  const taken = trace(data, options)
  return drawHopDistribution({ hops: hops(taken), connected: alreadyConnected(taken), runs: drawnRuns(data) })
}

interface Bar {
  readonly at: number
  readonly label: string
  readonly lookups: number
  readonly kind: 'counted' | 'failed' | 'missing'
}

/** The same from the statistics: failed and missing lookups stand beside, the mean with its interval above. */
export function drawHopDistribution(data: HopData): Figure {
  const { hops: about } = data
  const common = {
    name: 'hop-distribution',
    subtitle: subtitleOf(about),
    caption: captionOf(
      basisOf(about, 'lookup'),
      connectedWords(data.connected),
      inferredWords(about),
      methodOf(about.interval),
    ),
    runs: data.runs,
  }
  const bars = barsOf(about)
  if (about.n === 0) return noData({ ...common, what: 'Hops per lookup', why: 'no lookup has a known number of hops' })
  const title = titleOf(bars)
  return makeFigure({
    ...common,
    title,
    description:
      `${title}. The mean is ${figureOf(about.mean)} hops ${between(about.interval)}, from ${counted(about.n, 'lookup')}; ${about.failed} failed. ${connectedWords(data.connected)}.`.replace(
        / +/g,
        ' ',
      ),
    columns: ['hops', 'lookups', 'share'],
    rows: bars.map((bar) => [
      bar.label.replace('\n', ' '),
      bar.lookups,
      bar.kind === 'counted' ? bar.lookups / about.n : null,
    ]),
    draw: (ground) => draw(ground, about, bars),
  })
}

function barsOf(hops: Sample): Bar[] {
  const counts = new Map(Object.entries(hops.counts ?? {}).map(([value, count]) => [Number(value), count]))
  const most = Math.max(0, ...counts.keys())
  const bars: Bar[] = Array.from({ length: most + 1 }, (_, at) => ({
    at,
    label: String(at),
    lookups: counts.get(at) ?? 0,
    kind: 'counted',
  }))
  if (hops.failed > 0) bars.push({ at: most + 1.5, label: '✕\nfailed', lookups: hops.failed, kind: 'failed' })
  if (hops.missing > 0)
    bars.push({
      at: most + (hops.failed > 0 ? 2.75 : 1.5),
      label: '?\nmissing',
      lookups: hops.missing,
      kind: 'missing',
    })
  return bars
}

function titleOf(bars: readonly Bar[]): string {
  const known = bars.filter((bar) => bar.kind === 'counted' && bar.lookups > 0)
  const all = known.reduce((sum, bar) => sum + bar.lookups, 0)
  const mode = known.reduce((best, bar) => (bar.lookups > best.lookups ? bar : best))
  const words = `${inWords(mode.at)} ${plural(mode.at, 'hop')}`
  if (known.length === 1) return `Every lookup${bars.length > 1 + mode.at ? ' that succeeds' : ''} takes ${words}`
  const most = known.at(-1) ?? mode
  const end = most.at > mode.at ? `, ${inWords(most.at)} at most` : ''
  if (mode.lookups * 2 > all) return `Most lookups take ${words}${end}`
  return `Lookups most often take ${words} (${percent(mode.lookups / all)})${end}`
}

function inferredWords({ inferred, ambiguous }: HopsSample): string {
  return inferred === 0 ? '' : `last hop inferred in ${inferred} lookups, ambiguous in ${ambiguous}`
}

function draw(ground: Ground, about: Sample, bars: readonly Bar[]): Drawing {
  const tight = ground.narrow && bars.length > 6
  const share = (bar: Bar) => percent(bar.lookups / about.n).replace(tight ? / %$/ : /$^/, '%')
  const highest = Math.max(...bars.map((bar) => bar.lookups))
  const top = highest * 1.2
  const domain = [-0.6, (bars.at(-1)?.at ?? 0) + 0.7] as const
  const colour = { counted: colours.blue, failed: colours.vermilion, missing: colours.grey }
  const labelled = new Map(bars.map((bar) => [bar.at, bar.label]))
  return plotted(ground, {
    height: ground.narrow ? 280 : 320,
    x: {
      domain,
      label: 'hops',
      ticks: bars.map((bar) => bar.at),
      tickFormat: (at: number) => labelled.get(at) ?? '',
      tickSize: 0,
    },
    y: { label: 'lookups', domain: [0, top * 1.06], ticks: 4, grid: false },
    marks: [
      rectY(bars, {
        x1: (bar: Bar) => bar.at - 0.38,
        x2: (bar: Bar) => bar.at + 0.38,
        y: 'lookups',
        fill: (bar: Bar) => colour[bar.kind],
        fillOpacity: (bar: Bar) => (bar.kind === 'counted' ? 1 : 0.75),
      }),
      text(bars, {
        x: 'at',
        y: 'lookups',
        text: (bar: Bar) => (bar.kind === 'counted' ? share(bar) : String(bar.lookups)),
        dy: -8,
        filter: (bar: Bar) => bar.lookups > 0,
      }),
      ruleY([0]),
      ...meanMark(about, { y: top, domain }),
    ],
  })
}

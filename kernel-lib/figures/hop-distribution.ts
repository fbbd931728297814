import { dot, link, rectY, ruleY, text } from '@observablehq/plot'
import type { Sample } from '../stats/sample.ts'
import { colours } from './colours.ts'
import type { Drawing, Ground } from './drawing.ts'
import { type Figure, makeFigure } from './figure.ts'
import { noData } from './no-data.ts'
import { plotted } from './plotted.ts'
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
  runsOf,
  subtitleOf,
} from './words.ts'

/** What a hop distribution is drawn from. */
export interface HopData {
  /** D4: `counts` are lookups by hops, `estimate` or `mean` their mean. */
  readonly hops: Sample
  /** Share of lookups whose asker was connected to the target beforehand; null where it was not recorded. */
  readonly connected: Sample | null
  /** Lookups whose hops more than one tree explains (inferred from old logs); null where none are inferred. */
  readonly ambiguous: number | null
  readonly runs: readonly string[]
}

interface Bar {
  readonly at: number
  readonly label: string
  readonly lookups: number
  readonly kind: 'counted' | 'failed' | 'missing'
}

/** Lookups by number of hops (D4), failed and missing ones beside them, the mean with its interval above. */
export function drawHopDistribution(data: HopData): Figure {
  const { hops } = data
  const common = {
    name: 'hop-distribution',
    subtitle: subtitleOf(hops),
    caption: captionOf(
      basisOf(hops, 'lookup'),
      connectedWords(data.connected),
      ambiguousWords(data),
      methodOf(hops.interval),
      runsOf(data.runs),
    ),
    runs: data.runs,
  }
  const bars = barsOf(hops)
  if (hops.n === 0) return noData({ ...common, what: 'Hops per lookup', why: 'no lookup has a known number of hops' })
  const title = titleOf(bars)
  return makeFigure({
    ...common,
    title,
    description:
      `${title}. The mean is ${figureOf(meanOf(hops))} hops ${between(hops.interval)}, from ${counted(hops.n, 'lookup')}; ${hops.failed} failed. ${connectedWords(data.connected)}.`.replace(
        / +/g,
        ' ',
      ),
    columns: ['hops', 'lookups', 'share'],
    rows: bars.map((bar) => [bar.label.replace('\n', ' '), bar.lookups, bar.kind === 'counted' ? bar.lookups / hops.n : null]),
    draw: (ground) => draw(ground, hops, bars),
  })
}

const meanOf = (hops: Sample) => hops.estimate ?? hops.mean ?? null

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
    bars.push({ at: most + (hops.failed > 0 ? 2.75 : 1.5), label: '?\nmissing', lookups: hops.missing, kind: 'missing' })
  return bars
}

function titleOf(bars: readonly Bar[]): string {
  const known = bars.filter((bar) => bar.kind === 'counted' && bar.lookups > 0)
  const all = known.reduce((sum, bar) => sum + bar.lookups, 0)
  const mode = known.reduce((best, bar) => (bar.lookups > best.lookups ? bar : best))
  const words = `${inWords(mode.at)} ${plural(mode.at, 'hop')}`
  if (known.length === 1) return `Every lookup takes ${words}`
  const most = known.at(-1) ?? mode
  const end = most.at > mode.at ? `, ${inWords(most.at)} at most` : ''
  if (mode.lookups * 2 > all) return `Most lookups take ${words}${end}`
  return `Lookups most often take ${words} (${percent(mode.lookups / all)})${end}`
}

function connectedWords(connected: Sample | null): string {
  if (!connected || connected.n === 0) return 'share of pairs already connected unknown'
  return `${percent(connected.estimate)} of pairs were already connected (n ${connected.n})`
}

function ambiguousWords({ ambiguous, hops }: HopData): string {
  return ambiguous === null ? '' : `${ambiguous} of ${hops.n} ambiguous`
}

function draw(ground: Ground, hops: Sample, bars: readonly Bar[]): Drawing {
  const highest = Math.max(...bars.map((bar) => bar.lookups))
  const mean = meanOf(hops)
  const top = highest * 1.22
  const colour = { counted: colours.blue, failed: colours.vermilion, missing: colours.grey }
  const labelled = new Map(bars.map((bar) => [bar.at, bar.label]))
  return plotted(ground, {
    height: ground.narrow ? 280 : 320,
    x: {
      domain: [-0.6, (bars.at(-1)?.at ?? 0) + 0.7],
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
        text: (bar: Bar) => (bar.kind === 'counted' ? percent(bar.lookups / hops.n) : String(bar.lookups)),
        dy: -8,
        filter: (bar: Bar) => bar.lookups > 0,
      }),
      ruleY([0]),
      ...(mean === null
        ? []
        : [
            hops.interval ? link([hops.interval], { x1: 'low', x2: 'high', y1: top, y2: top, strokeWidth: 2 }) : null,
            dot([mean], { x: (value: number) => value, y: top, r: 4, fill: 'currentColor' }),
            text([mean], {
              x: (value: number) => value,
              y: top,
              dy: -13,
              text: (value: number) => `mean ${figureOf(value)} ${between(hops.interval)}`,
            }),
          ]),
    ],
  })
}

import {
  type Availability,
  type AvailabilityAt,
  type AvailabilityOptions,
  availability,
} from '../stats/records/availability.ts'
import type { Sample } from '../stats/sample/sample.ts'
import type { RunData } from '../tables/run-data.ts'
import { drawnRuns } from './data/runs.ts'
import { colours } from './draw/colours.ts'
import { withLegend } from './draw/legend.ts'
import { type TimeDot, type TimeSeries, timePanel } from './draw/time-panel.ts'
import type { Cell, Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { estimateOf } from './words/shown.ts'
import { between, captionOf, figureOf, methodOf, percent } from './words/words.ts'

/** Figure of K5: what becomes of provider records after they were stored, over time: holders that hold them still (and those that run, where some came back without), records that any of them holds, and searches that find a provider; beside what is to be expected. */
export function recordAvailability(data: RunData, options: AvailabilityOptions): Figure {
  const taken = availability(data, options)
  const { points } = taken
  const shown = shownOf(points)
  const common = {
    name: 'availability',
    subtitle: `Provider-record availability (K5). Holders: the peers that a record was sent to, until they crash; a search succeeds when it finds a provider. Dashed: ${dashed(taken)}.`,
    caption: captionOf(...basesOf(taken)),
    runs: drawnRuns(data),
  }
  if (points.every(({ found, holding }) => found.n === 0 && holding.n === 0))
    return noData({ ...common, what: 'Availability of provider records', why: 'no record was searched for' })
  const title = titleOf(points)
  return makeFigure({
    ...common,
    title,
    description: `${title}. ${points.map((point) => described(point, shown)).join('; ')}.`,
    columns: ['after_s', 'measure', 'value', 'low', 'high', 'n', 'failed', 'missing'],
    rows: points.flatMap((point) => rowsOf(point, shown)),
    draw: (ground) => {
      const drawn = [...seriesOf(points, shown), ...predictionsOf(points)].filter(({ dots }) => dots.length > 0)
      const keys = drawn.map(({ sign, colour, label }) => ({ sign, colour, label }))
      const series = drawn.map(({ colour, symbol, dots }) => ({ colour, symbol, dots }))
      return withLegend(
        ground,
        keys,
        timePanel(ground, { label: 'share, %', below: 'after the records were provided, min', series }),
      )
    },
  })
}

type Measure = 'found' | 'held' | 'holding' | 'alive'
type Keyed = TimeSeries & { readonly sign: string; readonly label: string }

const looks = {
  found: { colour: colours.blue, symbol: 'circle', sign: '●' },
  held: { colour: colours.green, symbol: 'square', sign: '■' },
  holding: { colour: colours.orange, symbol: 'triangle', sign: '▲' },
  alive: { colour: colours.purple, symbol: 'diamond', sign: '◆' },
} as const

/** Holders that run are shown where they differ from those that hold. */
function shownOf(points: readonly AvailabilityAt[]): readonly Measure[] {
  const cameBack = points.some(({ alive, holding }) => estimateOf(alive) !== estimateOf(holding))
  return ['found', 'held', 'holding', ...(cameBack ? (['alive'] as const) : [])]
}

function seriesOf(points: readonly AvailabilityAt[], shown: readonly Measure[]): Keyed[] {
  return shown.map((which) => ({
    ...looks[which],
    label: points[0]?.[which].name ?? which,
    dots: points.flatMap((point) => dotOf(point.afterSecs, point[which])),
  }))
}

/** What is expected: of the schedule by which nodes leave where there is one, else of the share of holders that are lost. */
function predictionsOf(points: readonly AvailabilityAt[]): Keyed[] {
  const line = (colour: string, label: string, of: (point: AvailabilityAt) => number | null): Keyed => ({
    ...{ colour, symbol: null, sign: '┅', label },
    dots: points.flatMap((point): TimeDot[] => {
      const value = of(point)
      return value === null ? [] : [{ time: point.afterSecs / 60, value: value * 100, low: null, high: null }]
    }),
  })
  const held = line(colours.green, 'records, as expected', ({ expected }) => expected?.held ?? null)
  const holding = line(colours.orange, 'holders, as expected', ({ expected }) => expected?.holding ?? null)
  if (held.dots.length > 0) return [held, holding]
  return [line(colours.grey, '1 − C^K', ({ independent }) => independent)]
}

function dashed({ points, leaving }: Availability): string {
  if (leaving === null || points.every(({ expected }) => expected === null))
    return '1 − C^K of the records, with a share C of K holders lost'
  const { share, everyMs } = leaving
  const left = figureOf(1 - share)
  return `expected where ${percent(share)} of the nodes crash every ${figureOf(everyMs / 1000)} s, ${left}^m of the holders after m such periods, and 1 − (1 − ${left}^m)^K of the records, of K holders each`
}

function dotOf(afterSecs: number, sample: Sample): TimeDot[] {
  const value = estimateOf(sample)
  if (value === null) return []
  const [low, high] = [sample.interval?.low ?? null, sample.interval?.high ?? null]
  const scaled = (share: number | null) => (share === null ? null : share * 100)
  return [{ time: afterSecs / 60, value: value * 100, low: scaled(low), high: scaled(high) }]
}

const minutes = (secs: number): string => `${figureOf(secs / 60)} min`

function titleOf(points: readonly AvailabilityAt[]): string {
  const last = points.at(-1) as AvailabilityAt
  const found = `${minutes(last.afterSecs)} after records were provided, ${percent(estimateOf(last.found))} of the searches find them`
  return last.holding.n === 0 ? found : `${found}; ${percent(estimateOf(last.holding))} of the holders hold them still`
}

function described({ afterSecs, ...point }: AvailabilityAt, shown: readonly Measure[]): string {
  const each = shown.map((which) => {
    const sample = point[which]
    return `${sample.name} ${percent(estimateOf(sample))} ${between(sample.interval, percent)}`.trim()
  })
  return `after ${minutes(afterSecs)}: ${each.join(', ')}`
}

function rowsOf(
  { afterSecs, expected, independent, ...point }: AvailabilityAt,
  shown: readonly Measure[],
): (readonly Cell[])[] {
  const seen = shown.map((which): readonly Cell[] => {
    const { name, interval, n, failed, missing } = point[which]
    return [
      afterSecs,
      name,
      estimateOf(point[which]),
      interval?.low ?? null,
      interval?.high ?? null,
      n,
      failed,
      missing,
    ]
  })
  const computed = [
    ['1 − C^K', independent],
    ['holders, as expected', expected?.holding ?? null],
    ['records, as expected', expected?.held ?? null],
  ] as const
  const known = computed.filter(([, value]) => value !== null)
  return [...seen, ...known.map(([name, value]) => [afterSecs, name, value, null, null, point.holding.n, 0, 0])]
}

function basesOf({ points, lastHolder, missing }: Availability): string[] {
  const total = (of: (point: AvailabilityAt) => number) => points.reduce((sum, point) => sum + of(point), 0)
  const each = [...new Set(points.map(({ found }) => found.n))].join(' or ')
  const searches = total(({ found }) => found.n).toLocaleString('en-US')
  const last = estimateOf(lastHolder)
  const intervals = points
    .flatMap(({ found, holding }) => [found.interval, holding.interval])
    .filter((one) => one !== null)
  const methods = new Set(intervals.map((one) => one?.method.replace(/design effect .*$/, 'with design effects')))
  const [first] = intervals
  return [
    `${searches} searches, ${each} at each time, ${total(({ found }) => found.failed)} failed, ${missing} missing`,
    `${lastHolder.n} records; the last holder is lost after ${last === null ? 'an unknown time' : minutes(last)} at the median (${lastHolder.censored} censored)`,
    first ? methodOf({ ...first, method: [...methods].join(' or ') }) : 'no interval',
  ]
}

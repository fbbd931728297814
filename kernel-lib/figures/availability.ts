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

/** Figure of K5: what becomes of provider records after they were stored, over time: holders that run, records that any of them holds, and searches that find a provider. */
export function recordAvailability(data: RunData, options: AvailabilityOptions): Figure {
  const taken = availability(data, options)
  const { points } = taken
  const common = {
    name: 'availability',
    subtitle:
      'Provider-record availability (K5). Holders: the peers that a record was sent to; a search succeeds when it finds a provider. Dashed: 1 − C^K, with a share C of K holders lost.',
    caption: captionOf(...basesOf(taken)),
    runs: drawnRuns(data),
  }
  if (points.every(({ found, alive }) => found.n === 0 && alive.n === 0))
    return noData({ ...common, what: 'Availability of provider records', why: 'no record was searched for' })
  const title = titleOf(points)
  return makeFigure({
    ...common,
    title,
    description: `${title}. ${points.map(described).join('; ')}.`,
    columns: ['after_s', 'measure', 'value', 'low', 'high', 'n', 'failed', 'missing'],
    rows: points.flatMap(rowsOf),
    draw: (ground) => {
      const drawn = seriesOf(points)
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

const measures = ['found', 'held', 'alive'] as const
const looks = {
  found: { colour: colours.blue, symbol: 'circle', sign: '●' },
  held: { colour: colours.green, symbol: 'square', sign: '■' },
  alive: { colour: colours.orange, symbol: 'triangle', sign: '▲' },
} as const

function seriesOf(points: readonly AvailabilityAt[]): (TimeSeries & { sign: string; label: string })[] {
  const seen = measures.map((which) => ({
    ...looks[which],
    label: points[0]?.[which].name ?? which,
    dots: points.flatMap((point) => dotOf(point.afterSecs, point[which])),
  }))
  const expected = points.flatMap(({ afterSecs, expected: value }): TimeDot[] =>
    value === null ? [] : [{ time: afterSecs / 60, value: value * 100, low: null, high: null }],
  )
  const predicted = { colour: colours.grey, symbol: null, sign: '┄', label: '1 − C^K', dots: expected }
  return [...seen, predicted].filter(({ dots }) => dots.length > 0)
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
  return last.alive.n === 0 ? found : `${found}; ${percent(estimateOf(last.alive))} of the holders run`
}

function described({ afterSecs, ...point }: AvailabilityAt): string {
  const each = measures.map((which) => {
    const sample = point[which]
    return `${sample.name} ${percent(estimateOf(sample))} ${between(sample.interval, percent)}`.trim()
  })
  return `after ${minutes(afterSecs)}: ${each.join(', ')}`
}

function rowsOf({ afterSecs, expected, ...point }: AvailabilityAt): (readonly Cell[])[] {
  const seen = measures.map((which): readonly Cell[] => {
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
  return [...seen, [afterSecs, '1 − C^K', expected, null, null, point.alive.n, 0, 0]]
}

function basesOf({ points, lastHolder, missing }: Availability): string[] {
  const total = (of: (point: AvailabilityAt) => number) => points.reduce((sum, point) => sum + of(point), 0)
  const each = [...new Set(points.map(({ found }) => found.n))].join(' or ')
  const searches = total(({ found }) => found.n).toLocaleString('en-US')
  const last = estimateOf(lastHolder)
  const intervals = points.flatMap(({ found, alive }) => [found.interval, alive.interval]).filter((one) => one !== null)
  const methods = new Set(intervals.map((one) => one?.method.replace(/design effect .*$/, 'with design effects')))
  const [first] = intervals
  return [
    `${searches} searches, ${each} at each time, ${total(({ found }) => found.failed)} failed, ${missing} missing`,
    `${lastHolder.n} records; no holder runs after ${last === null ? 'an unknown time' : minutes(last)} at the median (${lastHolder.censored} censored)`,
    first ? methodOf({ ...first, method: [...methods].join(' or ') }) : 'no interval',
  ]
}

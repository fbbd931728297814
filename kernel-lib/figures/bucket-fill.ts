import { areaY, dot, line, link, ruleY, text } from '@observablehq/plot'
import type { Observed } from '../stats/observed/observed.ts'
import { type BucketFill, type Fill, bucketFill as fillOf } from '../stats/routing/bucket-fill.ts'
import { tablesAt } from '../stats/routing/tables.ts'
import { quantile } from '../stats/sample/quantile.ts'
import { type DrawnRun, drawnRuns } from './data/runs.ts'
import { colours } from './draw/colours.ts'
import type { Drawing, Ground } from './draw/drawing.ts'
import { withLegend } from './draw/legend.ts'
import { plotted } from './draw/plotted.ts'
import type { Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { basisOf, captionOf, figureOf, methodOf } from './words/words.ts'

/** What the figure of bucket fill is drawn from. */
export interface BucketFillData {
  readonly fill: Fill
  /** Entries of each table, by common prefix length. */
  readonly tables: readonly (readonly number[])[]
  /** Bucket size; null where tables differ. */
  readonly k: number | null
  readonly runs: readonly DrawnRun[]
}

/** Figure of R1: entries per bucket against what a table of that size holds that knows all it may, at the snapshot `end` or the last one. */
export function bucketFill(data: Observed, options: { snapshot?: string } = {}): Figure {
  const all = tablesAt(data, options)
  const sizes = new Set(all.tables.map((row) => row.k))
  const [k] = sizes
  return drawBucketFill({
    fill: fillOf(all),
    tables: all.tables.map((row) => row.buckets.map((peers) => peers.length)),
    k: sizes.size === 1 ? (k ?? null) : null,
    runs: drawnRuns(data),
  })
}

/** The same from the statistic. */
export function drawBucketFill(data: BucketFillData): Figure {
  const { fill, k, runs } = data
  const { buckets, snapshot } = fill
  const common = {
    name: 'bucket-fill',
    subtitle: `Entries per bucket by common prefix length (R1) at “${snapshot}”. Expected: E[min(k, Bin(N − 1, 2^−(i+1)))], a table that knows all it may of the N server-mode nodes alive.`,
    caption: captionOf(
      basisOf(fill, 'table'),
      `bucket size ${k ?? (fill.n === 0 ? 'unknown' : 'differs between tables')}`,
      methodOf(buckets[0]?.interval),
    ),
    runs,
  }
  if (fill.n === 0) return noData({ ...common, what: 'Bucket fill', why: 'no routing table was recorded' })
  const title = titleOf(buckets)
  return makeFigure({
    ...common,
    title,
    description: `${title}. ${buckets.map((one) => `Prefix ${one.cpl}: ${figureOf(one.mean)} of ${figureOf(one.expected)} expected`).join('; ')}.`,
    columns: ['common_prefix_bits', 'tables', 'entries_mean', 'low', 'high', 'expected'],
    rows: buckets.map((one) => [
      one.cpl,
      one.n,
      one.mean,
      one.interval?.low ?? null,
      one.interval?.high ?? null,
      one.expected,
    ]),
    draw: (ground) => draw(ground, data),
  })
}

function titleOf(buckets: readonly BucketFill[]): string {
  const held = buckets.reduce((sum, one) => sum + one.mean, 0)
  const expected = buckets.reduce((sum, one) => sum + one.expected, 0)
  const ratio = expected > 0 ? held / expected : Number.NaN
  const worst = buckets
    .filter((one) => one.expected >= 0.5)
    .reduce<BucketFill | null>((low, one) => (low === null || lacks(one) > lacks(low) ? one : low), null)
  if (ratio >= 0.97 && ratio <= 1.03) return 'Routing tables are as full as a network of this size allows'
  if (ratio > 1.03) return `Routing tables hold ${figureOf((ratio - 1) * 100)} % more entries than expected`
  return `Routing tables hold ${figureOf(ratio * 100)} % of the entries expected; ${worst ? `bucket ${worst.cpl} lacks most` : 'no bucket stands out'}`
}

const lacks = (one: BucketFill) => one.expected - one.mean

function draw(ground: Ground, { fill, tables, k }: BucketFillData): Drawing {
  const { buckets } = fill
  const few = tables.length < 30
  const points = few ? buckets.flatMap((one) => spread(one.cpl, tables)) : []
  const ranges = buckets.map(({ cpl }) => rangeOf(cpl, tables))
  const top = Math.max(
    k ?? 0,
    ...buckets.map((one) => Math.max(one.expected, one.mean)),
    ...ranges.map((one) => one.high),
    ...points.map((one) => one.y),
  )
  const drawing = plotted(ground, {
    height: ground.narrow ? 280 : 320,
    x: {
      label: 'bits shared with the table’s owner',
      domain: [-0.5, (buckets.at(-1)?.cpl ?? 0) + 0.5],
      ticks: ticksOf(buckets, ground),
      tickFormat: 'd',
    },
    y: { label: 'entries per bucket', domain: [0, top * 1.08], ticks: 5 },
    marks: [
      k === null ? null : ruleY([k], { strokeDasharray: '2 3', strokeOpacity: 0.6 }),
      k === null
        ? null
        : text([k], {
            y: (value: number) => value,
            frameAnchor: 'right',
            dy: -7,
            textAnchor: 'end',
            text: (value: number) => `bucket size ${value}`,
          }),
      few ? null : areaY(ranges, { x: 'cpl', y1: 'low', y2: 'high', fill: colours.blue, fillOpacity: 0.15 }),
      dot(points, { x: 'x', y: 'y', r: 2, fill: colours.blue, fillOpacity: 0.45 }),
      line(buckets, { x: 'cpl', y: 'expected', stroke: colours.grey, strokeWidth: 2, strokeDasharray: '5 3' }),
      dot(buckets, { x: 'cpl', y: 'expected', symbol: 'square', r: 4, stroke: colours.grey, strokeWidth: 1.5 }),
      link(
        buckets.filter((one) => one.interval),
        {
          x1: 'cpl',
          x2: 'cpl',
          y1: (one: BucketFill) => one.interval?.low,
          y2: (one: BucketFill) => one.interval?.high,
          stroke: 'currentColor',
          strokeWidth: 1.5,
        },
      ),
      dot(buckets, { x: 'cpl', y: (one: BucketFill) => one.mean, r: 4, fill: colours.blue }),
      ruleY([0]),
    ],
  })
  return withLegend(ground, legendOf(few), drawing)
}

function legendOf(few: boolean) {
  return [
    { sign: '●', colour: colours.blue, label: few ? 'mean; faint: each table' : 'mean; band: 5–95 % of tables' },
    { sign: '□', colour: colours.grey, label: 'expected' },
  ]
}

function ticksOf(buckets: readonly BucketFill[], ground: Ground): number[] {
  const every = Math.ceil(buckets.length / (ground.narrow ? 8 : 16))
  return buckets.map((one) => one.cpl).filter((cpl) => cpl % every === 0)
}

/** One point for each table, spread sideways in the order of the tables so that equal ones are seen apart. */
function spread(cpl: number, tables: BucketFillData['tables']): { x: number; y: number }[] {
  const step = tables.length > 1 ? 0.5 / (tables.length - 1) : 0
  return tables.map((table, index) => ({ x: cpl + (tables.length > 1 ? index * step - 0.25 : 0), y: table[cpl] ?? 0 }))
}

/** The middle nine tenths of the tables. */
function rangeOf(cpl: number, tables: BucketFillData['tables']): { cpl: number; low: number; high: number } {
  const values = tables.map((table) => table[cpl] ?? 0)
  return { cpl, low: quantile(values, 0.05) ?? 0, high: quantile(values, 0.95) ?? 0 }
}

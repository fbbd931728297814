import { areaY, dot, line, link, ruleY, text } from '@observablehq/plot'
import type { Sample } from '../stats/sample.ts'
import { colours } from './colours.ts'
import type { Drawing, Ground } from './drawing.ts'
import { type Figure, makeFigure } from './figure.ts'
import { withLegend } from './legend.ts'
import { noData } from './no-data.ts'
import { plotted } from './plotted.ts'
import { basisOf, captionOf, counted, figureOf, methodOf, runsOf } from './words.ts'

/** Fill of the buckets with one common prefix length. */
export interface BucketFill {
  /** Bits that the entries share with the table's owner, from 0. */
  readonly cpl: number
  /** R1: entries per table, `values` one for each table, `mean`. */
  readonly entries: Sample
  /** Expected entries: E[min(k, Bin(N − 1, 2^−(cpl+1)))]. */
  readonly expected: number
}

/** What the figure of bucket fill is drawn from. */
export interface BucketFillData {
  readonly buckets: readonly BucketFill[]
  /** Bucket size; null where tables differ. */
  readonly k: number | null
  /** Peers that a table may hold, the owner among them. */
  readonly peers: number
  readonly snapshot: string
  /** What the expectation assumes, in a few words. */
  readonly expectation: string
  readonly runs: readonly string[]
}

/** Entries per bucket by common prefix length (R1) against what a network of this size would fill. */
export function drawBucketFill(data: BucketFillData): Figure {
  const first = data.buckets[0]
  const common = {
    name: 'bucket-fill',
    subtitle: `Entries per bucket by common prefix length (R1), snapshot “${data.snapshot}”. Expected: ${data.expectation}`,
    caption: captionOf(
      first ? basisOf(first.entries, 'table') : 'n 0 tables',
      `k ${data.k ?? 'differs'}`,
      `${counted(data.peers, 'peer')} that tables may hold`,
      methodOf(first?.entries.interval),
      runsOf(data.runs),
    ),
    runs: data.runs,
  }
  if (!first || first.entries.n === 0)
    return noData({ ...common, what: 'Bucket fill', why: `no routing table was recorded at “${data.snapshot}”` })
  const title = titleOf(data.buckets)
  return makeFigure({
    ...common,
    title,
    description: `${title}. ${data.buckets.map((one) => `Prefix ${one.cpl}: ${figureOf(one.entries.mean)} of ${figureOf(one.expected)} expected`).join('; ')}.`,
    columns: ['common_prefix_bits', 'tables', 'entries_mean', 'low', 'high', 'expected'],
    rows: data.buckets.map((one) => [
      one.cpl,
      one.entries.n,
      one.entries.mean ?? null,
      one.entries.interval?.low ?? null,
      one.entries.interval?.high ?? null,
      one.expected,
    ]),
    draw: (ground) => draw(ground, data),
  })
}

function titleOf(buckets: readonly BucketFill[]): string {
  const held = buckets.reduce((sum, one) => sum + (one.entries.mean ?? 0), 0)
  const expected = buckets.reduce((sum, one) => sum + one.expected, 0)
  const ratio = expected > 0 ? held / expected : Number.NaN
  const worst = buckets
    .filter((one) => one.expected >= 0.5)
    .reduce<BucketFill | null>((low, one) => (low === null || lacks(one) > lacks(low) ? one : low), null)
  if (ratio >= 0.97 && ratio <= 1.03) return 'Routing tables are as full as a network of this size allows'
  if (ratio > 1.03) return `Routing tables hold ${figureOf((ratio - 1) * 100)} % more entries than expected`
  return `Routing tables hold ${figureOf(ratio * 100)} % of the entries expected; ${worst ? `bucket ${worst.cpl} lacks most` : 'no bucket stands out'}`
}

const lacks = (one: BucketFill) => one.expected - (one.entries.mean ?? 0)

function draw(ground: Ground, { buckets, k }: BucketFillData): Drawing {
  const few = (buckets[0]?.entries.n ?? 0) < 30
  const points = few ? buckets.flatMap((one) => spread(one)) : []
  const ranges = buckets.map((one) => ({
    cpl: one.cpl,
    low: one.entries.quantiles?.['0.05'] ?? null,
    high: one.entries.quantiles?.['0.95'] ?? null,
  }))
  const top = Math.max(
    k ?? 0,
    ...buckets.flatMap((one) => [one.expected, one.entries.mean ?? 0, ...(one.entries.values ?? [])]),
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
      few
        ? null
        : areaY(
            ranges.filter((one) => one.low !== null),
            { x: 'cpl', y1: 'low', y2: 'high', fill: colours.blue, fillOpacity: 0.15 },
          ),
      dot(points, { x: 'x', y: 'y', r: 2, fill: colours.blue, fillOpacity: 0.45 }),
      line(buckets, { x: 'cpl', y: 'expected', stroke: colours.grey, strokeWidth: 2, strokeDasharray: '5 3' }),
      dot(buckets, { x: 'cpl', y: 'expected', symbol: 'square', r: 4, stroke: colours.grey, strokeWidth: 1.5 }),
      link(
        buckets.filter((one) => one.entries.interval),
        {
          x1: 'cpl',
          x2: 'cpl',
          y1: (one: BucketFill) => one.entries.interval?.low,
          y2: (one: BucketFill) => one.entries.interval?.high,
          stroke: 'currentColor',
          strokeWidth: 1.5,
        },
      ),
      dot(buckets, { x: 'cpl', y: (one: BucketFill) => one.entries.mean, r: 4, fill: colours.blue }),
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
function spread({ cpl, entries }: BucketFill): { x: number; y: number }[] {
  const values = entries.values ?? []
  return values.map((y, index) => ({ x: cpl + (values.length > 1 ? (index / (values.length - 1) - 0.5) * 0.5 : 0), y }))
}

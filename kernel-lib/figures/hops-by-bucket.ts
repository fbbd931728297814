import type { TablesRow, TablesStudy } from '../stats/model/tables-study.ts'
import type { Sample } from '../stats/sample/sample.ts'
import { type BucketPanel, bucketPanel, type PanelPoint } from './draw/bucket-panel.ts'
import { colours } from './draw/colours.ts'
import type { Draw } from './draw/drawing.ts'
import { withLegend } from './draw/legend.ts'
import { stacked } from './draw/stacked.ts'
import type { Cell, Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { captionOf, counted, methodOf } from './words/words.ts'

/** A published result at one size of buckets: mean hops of both models. */
export interface PublishedHops {
  readonly bucketSize: number
  readonly baseline: number
  readonly candidate: number
}

/** Figure of two models of routing tables: mean hops by size of buckets, and below it their paired difference with its interval; published results are hollow. */
export function hopsByBucket(study: TablesStudy, published: readonly PublishedHops[] = []): Figure {
  const { spec, rows } = study
  const title = titleOf(study)
  return makeFigure({
    name: 'hops-by-bucket',
    title,
    subtitle: `Mean hops (RFM19.1) of modelled lookups with ${spec.baseline} and with ${spec.candidate} tables, by the peers that a bucket holds, and the mean difference lookup by lookup. Hops: ${rows[0]?.baseline.definition ?? ''}.`,
    caption: captionOf(
      `At each size ${counted(spec.sets, 'set')} of ${counted(spec.peers, 'peer')}, ${counted(spec.lookups, 'lookup')} in each, n ${[...new Set(rows.map((row) => row.difference.n.toLocaleString('en-US')))].join(', ')} pairs, failed ${rows.reduce((sum, row) => sum + row.baseline.failed + row.candidate.failed, 0)}`,
      published.length > 0 ? 'hollow, dotted: published' : '',
      methodOf(rows[0]?.difference.interval),
      'a model, in which no message is sent',
    ),
    description: `${title}. ${rows.map(described).join(' ')}`,
    columns,
    rows: rows.map((row) => cellsOf(row, published)),
    runs: [],
    draw: drawing(study, published),
  })
}

const columns = [
  'bucket_size',
  'baseline_hops',
  'baseline_low',
  'baseline_high',
  'baseline_published',
  'candidate_hops',
  'candidate_low',
  'candidate_high',
  'candidate_published',
  'difference_hops',
  'difference_low',
  'difference_high',
  'n_pairs',
] as const

function cellsOf(
  { bucketSize, baseline, candidate, difference }: TablesRow,
  published: readonly PublishedHops[],
): Cell[] {
  const told = published.find((each) => each.bucketSize === bucketSize)
  const of = ({ mean = null, interval = null }: Sample) => [mean, interval?.low ?? null, interval?.high ?? null]
  const sides = [...of(baseline), told?.baseline ?? null, ...of(candidate), told?.candidate ?? null]
  return [bucketSize, ...sides, ...of(difference), difference.n]
}

/** The finding: how many sizes have a difference whose interval lies on one side of 0. */
function titleOf({ spec, rows }: TablesStudy): string {
  const fewer = rows.filter(({ difference }) => (difference.interval?.high ?? 0) < 0)
  const shares = rows.map(({ baseline, difference }) => (-100 * (difference.mean ?? 0)) / (baseline.mean ?? 1))
  const range = [Math.min(...shares), Math.max(...shares)].map((share) => share.toFixed(1))
  const span = range[0] === range[1] ? `${range[0]} %` : `${range[0]} to ${range[1]} %`
  const name = `${spec.candidate.charAt(0).toUpperCase()}${spec.candidate.slice(1)}`
  if (fewer.length === rows.length) return `${name} buckets shorten lookups by ${span}`
  return `${name} buckets shorten lookups at ${fewer.length} of ${counted(rows.length, 'size')}`
}

function described({ bucketSize, baseline, candidate, difference }: TablesRow): string {
  const hops = (value: number | null | undefined) => value?.toFixed(3) ?? 'unknown'
  const { low, high } = difference.interval ?? {}
  return `Buckets of ${bucketSize}: ${hops(baseline.mean)} and ${hops(candidate.mean)} hops, difference ${hops(difference.mean)} (${hops(low)} to ${hops(high)}).`.replaceAll(
    / -|\(-/g,
    (sign) => sign.replace('-', '−'),
  )
}

const looks = { baseline: colours.grey, candidate: colours.blue } as const

function drawing({ spec, rows }: TablesStudy, published: readonly PublishedHops[]): Draw {
  const keys = [
    { sign: '●', colour: looks.baseline, label: `${spec.baseline} tables` },
    { sign: '●', colour: looks.candidate, label: `${spec.candidate} tables` },
    ...(published.length > 0 ? [{ sign: '○', colour: 'currentColor', label: 'published' }] : []),
  ]
  const sides = (['baseline', 'candidate'] as const).map((side) => ({
    colour: looks[side],
    points: rows.map((row) => pointOf(row.bucketSize, row[side])),
    published: published.map((each) => ({ bucketSize: each.bucketSize, value: each[side] })),
  }))
  const change = {
    colour: looks.candidate,
    points: rows.map((row) => pointOf(row.bucketSize, row.difference)),
    published: published.map((each) => ({ bucketSize: each.bucketSize, value: each.candidate - each.baseline })),
  }
  const above: BucketPanel = { label: 'mean hops', below: null, series: sides, zero: false }
  const below: BucketPanel = {
    label: `${spec.candidate} − ${spec.baseline}, hops`,
    below: 'peers in a bucket',
    series: [change],
    zero: true,
  }
  return (ground) =>
    withLegend(
      ground,
      keys,
      stacked([
        bucketPanel({ ...ground, id: `${ground.id}-a` }, above),
        bucketPanel({ ...ground, id: `${ground.id}-b` }, below),
      ]),
    )
}

function pointOf(bucketSize: number, { mean, interval }: Sample): PanelPoint {
  return { bucketSize, value: mean ?? null, low: interval?.low ?? null, high: interval?.high ?? null }
}

import type { TablesRow, TablesStudy } from '../stats/model/tables-study.ts'
import { hopsInWords } from '../stats/model/words.ts'
import { type ShownTable, shownTable } from './figure/shown-table.ts'
import type { PublishedHops } from './hops-by-bucket.ts'

/** The table of a study of routing tables: both means and their paired difference with intervals, n, and what was published, if anything. */
export function hopsTable({ spec, rows }: TablesStudy, published: readonly PublishedHops[] = []): ShownTable {
  const own = [
    'peers in a bucket',
    `${spec.baseline}, hops (95 %)`,
    `${spec.candidate}, hops (95 %)`,
    'difference, hops (95 %)',
    'change',
    'n, pairs',
  ]
  const columns = published.length > 0 ? [...own, `published: ${spec.baseline}, ${spec.candidate}`, 'off by'] : own
  return shownTable(
    columns,
    rows.map((row) => cellsOf(row, published)),
  )
}

function cellsOf(
  { bucketSize, baseline, candidate, difference }: TablesRow,
  published: readonly PublishedHops[],
): string[] {
  const own = [
    String(bucketSize),
    hopsInWords(baseline),
    hopsInWords(candidate),
    hopsInWords(difference),
    signed((100 * (difference.mean ?? Number.NaN)) / (baseline.mean ?? Number.NaN), 1),
    difference.n.toLocaleString('en-US'),
  ]
  if (published.length === 0) return own
  const there = published.find((each) => each.bucketSize === bucketSize)
  if (there === undefined) return [...own, '', '']
  const off = [
    [baseline, there.baseline],
    [candidate, there.candidate],
  ] as const
  return [
    ...own,
    `${there.baseline}, ${there.candidate}`,
    off.map(([{ mean }, value]) => signed(100 * ((mean ?? Number.NaN) / value - 1), 2)).join(', '),
  ]
}

function signed(percent: number, digits: number): string {
  if (Number.isNaN(percent)) return 'unknown'
  return `${percent > 0 ? '+' : ''}${percent.toFixed(digits).replace('-', '−')} %`
}

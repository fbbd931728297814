import { keyOf } from '../../tables/keyspace.ts'
import { nearestTo } from '../observed/truth.ts'
import { meanSample, shareSample } from '../sample/estimate.ts'
import type { Sample } from '../sample/sample.ts'
import type { TableRow, Tables } from './tables.ts'

/** R5: how much of their own neighbourhood tables hold; the sample itself is the mean share. */
export interface Neighbourhood extends Sample {
  readonly snapshot: string | null
  /** Share of tables with all of the k closest. */
  readonly all: Sample
  /** Share of tables with at least 90 % of them (18 of 20). */
  readonly most: Sample
  /** Share of tables with less than 25 % of them (fewer than 5 of 20). */
  readonly few: Sample
}

/** R5: of the k server-mode nodes nearest to the owner that were alive at the snapshot (all others, where there are fewer), the share that its table holds. */
export function neighbourhood({ tables, snapshot, expected, missing, truth }: Tables): Neighbourhood {
  const shares = tables.flatMap((row) => {
    const value = shareKnown(row, truth)
    return value === null ? [] : [{ run: row.run, group: row.group, instance: row.instance, value }]
  })
  const untold = tables.length - shares.length
  const counted = { expected, failed: 0, missing: missing + untold, censored: 0, of: 'tables' }
  const share = (name: string, definition: string, is: (value: number) => boolean) =>
    shareSample(
      { name, entry: 'R5', definition, unit: 'share' },
      shares.map((each) => ({ ...each, hit: is(each.value) })),
      counted,
    )
  return {
    ...meanSample(about, shares, counted),
    snapshot,
    all: share('tables that hold all of their k closest', 'share of tables with all', (value) => value === 1),
    most: share(
      'tables that hold most of their k closest',
      'share with at least 90 % (18 of 20)',
      (value) => value >= 0.9,
    ),
    few: share(
      'tables that hold few of their k closest',
      'share with less than 25 % (5 of 20)',
      (value) => value < 0.25,
    ),
  }
}

const about = {
  name: 'share of the k closest nodes that tables hold',
  entry: 'R5',
  definition: 'of the k server-mode nodes nearest to the owner, the share in its table; mean over tables',
  unit: 'share',
}

function shareKnown(row: TableRow, truth: Tables['truth']): number | null {
  const held = new Set(row.buckets.flat())
  if (row.nearest !== null) return shareOf(held, row.nearest)
  const servers = truth.servers(row.run, row.ts_ms).filter(({ peer }) => peer !== row.peer)
  const own = truth.members(row.run).find(({ peer }) => peer === row.peer)?.bytes ?? keyOf(row.peer)
  const closest = nearestTo(own, servers, row.k)
  return shareOf(
    held,
    closest.map(({ peer }) => peer),
  )
}

function shareOf(held: ReadonlySet<string>, closest: readonly string[]): number | null {
  return closest.length === 0 ? null : closest.filter((peer) => held.has(peer)).length / closest.length
}

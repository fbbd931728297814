import { expectedMin } from '../sample/binomial.ts'
import { bootstrapInterval } from '../sample/bootstrap.ts'
import { meanSample } from '../sample/estimate.ts'
import { mean } from '../sample/mean.ts'
import type { Interval, Sample } from '../sample/sample.ts'
import type { TableRow, Tables } from './tables.ts'

/** One bucket, over all tables. */
export interface BucketFill {
  /** Bits that its peers share with the owner. */
  readonly cpl: number
  /** Mean number of entries. */
  readonly mean: number
  readonly interval: Interval | null
  /** Mean over the tables of E[min(k, Bin(N − 1, 2^−(cpl + 1)))]. */
  readonly expected: number
  /** Tables. */
  readonly n: number
}

/** R1: entries per table, and by bucket against the expectation. */
export interface Fill extends Sample {
  readonly snapshot: string | null
  readonly buckets: readonly BucketFill[]
}

/**
 * R1: entries with common prefix length i, against E[min(k, Bin(N − 1, 2^−(i + 1)))]: what a Kademlia table holds that knows all it may
 * of N server-mode nodes alive at the snapshot (with ids as they fall). Buckets are computed from the ids, whatever the implementation keeps.
 */
export function bucketFill({ tables, snapshot, expected, missing, truth }: Tables): Fill {
  const observations = tables.map((row) => ({
    ...row,
    value: row.buckets.reduce((sum, peers) => sum + peers.length, 0),
  }))
  const others = new Map(tables.map((row) => [row, truth.serversBeside(row.peer, { run: row.run, atMs: row.ts_ms })]))
  const longest = tables.reduce((most, { buckets }) => Math.max(most, buckets.length), 0)
  const deepest = Math.max(longest, lastExpected(Math.max(0, ...others.values())))
  const buckets = tables.length === 0 ? [] : Array.from({ length: deepest }, (_, cpl) => fill(cpl, tables, others))
  return {
    ...meanSample(about, observations, { expected, failed: 0, missing, censored: 0, of: 'tables' }),
    snapshot,
    buckets,
  }
}

const about = {
  name: 'entries per routing table',
  entry: 'R1',
  definition:
    'peers in the table; by bucket: peers that share exactly i bits with the owner, against E[min(k, Bin(N − 1, 2^−(i+1)))]',
  unit: 'peers',
}

function fill(cpl: number, tables: readonly TableRow[], others: ReadonlyMap<TableRow, number>): BucketFill {
  const counts = tables.map(({ buckets }) => buckets[cpl]?.length ?? 0)
  const possible = tables.map((row) => expectedMin(row.k, others.get(row) ?? 0, 2 ** -(cpl + 1)))
  const estimate = (weights: Uint32Array) => {
    let [sum, n] = [0, 0]
    for (let i = 0; i < counts.length; i++) {
      sum += (weights[i] as number) * (counts[i] as number)
      n += weights[i] as number
    }
    return n > 0 ? sum / n : null
  }
  const interval = bootstrapInterval(tables, estimate, { of: 'tables', resamples: 400 })
  return { cpl, mean: mean(counts) ?? 0, interval, expected: mean(possible) ?? 0, n: counts.length }
}

/** Buckets past which less than a twentieth of a peer is expected say nothing. */
function lastExpected(others: number): number {
  return others > 0 ? Math.ceil(Math.log2(others * 20)) : 0
}

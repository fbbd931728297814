import { type AnyTableOptions, mostPeers } from '@hoplab/sdk'
import type { LookupOptions } from './lookup.ts'
import { type TableKind, tableModels } from './tables.ts'

/** What is modelled. */
export interface HopsModelOptions {
  /** How the tables are made. */
  readonly tables: TableKind
  /** Peers in a network; 25,000 unless said. */
  readonly peers?: number
  /** Peers that a bucket holds at most; 20 unless said. */
  readonly bucketSize?: number
  /** Lookups in each network; 10,000 unless said. */
  readonly lookups?: number
  /** Networks, each of other peers; 5 unless said. */
  readonly sets?: number
  /** Of keys, tables and lookups; 1 unless said. */
  readonly seed?: number
  /** Of `kademlia` tables: share that they hold of what they could; 1 unless said. */
  readonly fill?: number
  /** Of `trie` tables: bits down to which leaves split; 6, the default of @libp2p/kad-dht 16, unless said. */
  readonly prefixLength?: number
  /** Aborts between networks. */
  readonly signal?: AbortSignal
}

/** The same, all decided. */
export interface HopsModel extends LookupOptions, AnyTableOptions {
  readonly tables: TableKind
  readonly peers: number
  readonly lookups: number
  readonly sets: number
  readonly seed: number
}

/**
 * Decides what was left open.
 *
 * @throws RangeError that lists everything that is out of bounds.
 */
export function hopsModelOf(options: HopsModelOptions): HopsModel {
  const { tables, peers = 25_000, bucketSize = 20, lookups = 10_000, sets = 5, seed = 1, fill = 1 } = options
  const { prefixLength = 6 } = options
  const problems = [
    ...(Object.hasOwn(tableModels, tables)
      ? []
      : [`tables ${JSON.stringify(tables)}: write one of ${Object.keys(tableModels).join(', ')}`]),
    ...whole('peers', peers, [2, mostPeers]),
    ...whole('bucketSize', bucketSize, [1, 1000]),
    ...whole('lookups', lookups, [1, 10_000_000]),
    ...whole('sets', sets, [1, 1000]),
    ...whole('seed', seed, [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]),
    ...whole('prefixLength', prefixLength, [0, 255]),
    ...(fill > 0 && fill <= 1 ? [] : [`fill ${fill}: write a share above 0, up to 1`]),
  ]
  if (problems.length > 0) throw new RangeError(`hopsModel: ${problems.join('; ')}`)
  return { tables, peers, bucketSize, lookups, sets, seed, fill, prefixLength, replication: 20, concurrency: 10 }
}

function whole(name: string, value: number, [from, to]: readonly [number, number]): string[] {
  return Number.isInteger(value) && value >= from && value <= to
    ? []
    : [`${name} ${value}: write a whole number from ${from} to ${to}`]
}

import type { TableKind } from './start.ts'

/** A warm start: the network begins with tables drawn from a seed, or with those of a snapshot, and nobody bootstraps. */
export interface CompositionStart {
  /** What the tables are. `kademlia`, `trie`, `balanced` and `random` are the models of `modelHops`; `recorded` are those of a snapshot. */
  readonly tables: TableKind
  /** Share of what the tables could hold that they hold, above 0 to 1; default 1. Not beside `recorded`. */
  readonly fill?: number
  /** Share of its owner's bucketSize nearest peers that a table holds, 0 to 1, and `fill` is then of everyone farther; default as the tables are drawn. Not beside `recorded`. */
  readonly neighbourhood?: number
  /** Share of entries whose peer is gone for good, 0 to 1; default 0. Not beside `recorded`. */
  readonly stale?: number
  /** Depth of the tree of `trie`, bits. Default: the parameter `prefix_length`. */
  readonly prefixLength?: number
  /** Of the tables alone; default the run's seed. */
  readonly seed?: number
  /** Snapshot of `recorded` tables: CSV with the columns `seq`, `peer`, `key` (may be left out) and `table` (peer ids between spaces), or NDJSON of the same. */
  readonly file?: string
  /** Run of ours whose tables are taken: its id, or the path of its folder. */
  readonly run?: string
  /** Moment of that run; default `bootstrapped`. */
  readonly snapshot?: string
  /** What a file or a run holds, as `RecordedTables` says it. */
  readonly entries?: readonly (readonly number[])[]
  readonly keysSha256?: string
}

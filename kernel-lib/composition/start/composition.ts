import type { TableKind } from './start.ts'

/** A warm start: the network begins with tables drawn from a seed, and nobody bootstraps. */
export interface CompositionStart {
  /** What the tables are. `kademlia`, `trie`, `balanced` and `random` are the models of `modelHops`; `recorded` are those of a snapshot. */
  readonly tables: TableKind
  /** Share of what the tables could hold that they hold, above 0 to 1; default 1. Not beside `recorded`. */
  readonly fill?: number
  /** Share of entries whose peer is gone for good, 0 to 1; default 0. Not beside `recorded`. */
  readonly stale?: number
  /** Depth of the tree of `trie`, bits. Default: the parameter `prefix_length`. */
  readonly prefixLength?: number
  /** Of the tables alone; default the run's seed. */
  readonly seed?: number
}

/** How routing tables are drawn, or that a snapshot holds them. */
export const tableKinds = ['kademlia', 'trie', 'balanced', 'random', 'recorded'] as const
export type TableKind = (typeof tableKinds)[number]

/** A network that begins with tables drawn from a seed, so that nobody bootstraps. */
export interface WarmStart {
  readonly tables: TableKind
  /** Share of what the tables could hold that they hold, above 0 to 1. */
  readonly fill: number
  /** Share of the owner's bucketSize nearest peers that a table holds, 0 to 1, apart from `fill`, which then is of everyone farther; null is as the tables are drawn. */
  readonly neighbourhood: number | null
  /** Share of entries whose peer is gone for good, 0 to 1: nobody answers to it. */
  readonly stale: number
  /** Depth of `trie`'s tree, bits; null is a node's own parameter `prefix_length`, and for other tables none. */
  readonly prefixLength: number | null
  /** Of the tables alone. */
  readonly seed: number
  /** Of `recorded` alone; null for other tables. */
  readonly recorded: RecordedTables | null
}

/** The tables of a network of as many nodes, by their sequence numbers. */
export interface RecordedTables {
  /**
   * The table of the node with sequence number i + 1: sequence numbers of the peers in it, from 1; −b is a peer that is gone for
   * good and shares its first b bits with the owner, 0 and more.
   */
  readonly entries: readonly (readonly number[])[]
  /** SHA-256 of all nodes' keys, 32 bytes each in the order of their sequence numbers, hexadecimal: whose tables they are. */
  readonly keysSha256: string
}

import type { Duration, Moment } from './duration.ts'

/** Instances that something happens to: those of some groups, or a share of all, drawn by the seed. */
export interface Side {
  /** Ids of groups; empty where a share is given. */
  readonly groups: readonly string[]
  /** 0 to 1; null where groups are named. */
  readonly share: number | null
}

/** No link joins one side to all other instances, for a time. The side is drawn once. */
export interface Partition extends Side {
  readonly from: Moment
  /** Null never heals. */
  readonly forMs: number | null
}

/** All links of some instances are down for a time. */
export interface Outage extends Side {
  readonly from: Moment
  /** Null never ends. */
  readonly forMs: number | null
  /** It begins again this long after it began, above `forMs`, and a share is drawn anew; null happens once. */
  readonly everyMs: number | null
}

/** Where instances are, and how far apart regions are. */
export interface Regions {
  /** At least one, each once. */
  readonly names: readonly string[]
  /** One way, from the region of the row to that of the column; the diagonal is within a region. Square, in the order of `names`. */
  readonly latencyMs: readonly (readonly number[])[]
  /** In the order of `names`, summing to 1: how instances whose group names no region are dealt to regions. */
  readonly shares: readonly number[]
}

/** What differs from link to link, and from time to time; `LinkShape` is what all links have in common. */
export interface Topology {
  /** One-way latency of a pair of instances, drawn once for each; null where regions or the link's shape say it. */
  readonly pairLatency: Duration | null
  readonly regions: Regions | null
  readonly partitions: readonly Partition[]
  readonly outages: readonly Outage[]
}

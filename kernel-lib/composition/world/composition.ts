/** A time: a number, or a distribution that it is drawn from anew each time; numbers are in the unit that the key ends in. */
export type CompositionTime =
  | number
  | { readonly distribution: 'uniform'; readonly from: number; readonly to: number }
  | { readonly distribution: 'exponential'; readonly mean: number }
  | { readonly distribution: 'lognormal'; readonly median: number; readonly sigma: number }
  | { readonly distribution: 'weibull'; readonly scale: number; readonly shape: number }
  | { readonly distribution: 'recorded'; readonly values: readonly number[] }
  /** A CSV file whose first line names its columns; `column` may be absent where there is one. */
  | { readonly distribution: 'recorded'; readonly file: string; readonly column?: string }

/** Where instances are: names and latencies, or a file with both. */
export interface CompositionRegions {
  readonly names?: readonly string[]
  /** One way, from the region of the row to that of the column, in the order of `names`. */
  readonly latencyMs?: readonly (readonly number[])[]
  /** A CSV file: names in the first row and the first column, ms one way in the rest. */
  readonly file?: string
  /** In the order of `names`: how instances whose group names no region are dealt to regions; they sum to 1. Default equal. */
  readonly shares?: readonly number[]
}

/** What a partition or an outage happens to, and when. Either groups or a share. */
interface CompositionCut {
  readonly groups?: readonly string[]
  /** Of all instances, 0 to 1, drawn by the seed. */
  readonly share?: number
  /** Seconds count from when the first instance began this stage. Default: from the run's beginning. */
  readonly fromStage?: string
  /** Default 0. */
  readonly fromSecs?: number
  /** Default: to the run's end. */
  readonly forSecs?: number
}

/** Some instances against all others: no link joins them. */
export interface CompositionPartition extends CompositionCut {}

/** Links of some instances are down. */
export interface CompositionOutage extends CompositionCut {
  /** It begins again this long after it began; more than `forSecs`. Default: once. */
  readonly everySecs?: number
}

/** Who can dial the group's instances. */
export interface CompositionReach {
  /** Default `none`. */
  readonly nat?: 'none' | 'single' | 'double'
  /** Instances behind one router; default 1. */
  readonly behind?: number
  /** Share of the other instances whose dials it takes, 0 to 1; default 1. */
  readonly acceptsShare?: number
  /** It takes dials for this long, then none for `closedSecs`, and so on; default always. */
  readonly openSecs?: CompositionTime
  readonly closedSecs?: CompositionTime
}

/** When the group's instances are up. */
export interface CompositionLife {
  /** After the run began; default 0. */
  readonly joinSecs?: CompositionTime
  /** An instance crashes after it was up for that long; default never. */
  readonly sessionSecs?: CompositionTime
  /** It starts again that long after a crash; default never. */
  readonly downSecs?: CompositionTime
  /** Share of the group's instances that are up which crashes every `crashEverySecs`; default none. */
  readonly crashShare?: number
  readonly crashEverySecs?: number
  /** Sessions and crashes count from when the first instance began this stage. Default: from the run's beginning. */
  readonly fromStage?: string
  /** Default 0. */
  readonly fromSecs?: number
  /** Whether it comes back at another address; default false. */
  readonly newAddress?: boolean
  /** Whether nobody is told of a crash, instead of connections that are reset; default false. */
  readonly silent?: boolean
}

/** The clock that the group's instances have instead of the run's. */
export interface CompositionClock {
  /** Ahead of the run's clock, may be negative; default 0. */
  readonly skewMs?: CompositionTime
  /** Millionths too fast, -100,000 to 100,000; default 0. */
  readonly driftPpm?: number
}

import type { Random } from '@hoplab/sdk'
import type { Population } from '../population.ts'

/** A peer in its population. */
export interface Owner {
  readonly population: Population
  /** Its rank. */
  readonly index: number
}

/** What tables are made to. */
export interface TableOptions {
  /** Peers that a bucket holds at most: k. */
  readonly bucketSize: number
}

/** Draws the routing table of a peer: ranks of other peers, each once. The same owner, stream and options give the same table. */
export type TableModel<Options extends TableOptions = TableOptions> = (
  owner: Owner,
  random: Random,
  options: Options,
) => Uint32Array

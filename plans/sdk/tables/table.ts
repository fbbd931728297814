import type { Random } from '../random.ts'
import type { SortedKeys } from './keys.ts'

/** Whose table is drawn, and of whom. */
export interface Owner {
  /** All that tables can hold. */
  readonly keys: SortedKeys
  /** Eight words, as `wordsOf` gives them; it may be none of the keys, as that of a node that nobody's table holds. */
  readonly key: Uint32Array
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

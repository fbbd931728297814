import { type Drawn, drawFrom } from './draw.ts'
import type { SortedKeys } from './keys.ts'
import { everybody, halves, type Range, rankOf } from './range.ts'
import type { TableModel, TableOptions } from './table.ts'

/** How deep a tree of buckets goes. */
export interface TrieOptions extends TableOptions {
  /** Bits down to which a full leaf splits; a whole number from 0. */
  readonly prefixLength: number
}

/**
 * The table of @libp2p/kad-dht 16: one tree over all keys, in which every leaf of more than `bucketSize` peers splits, the owner's side no deeper
 * than others, down to `prefixLength` bits; a leaf there holds `bucketSize` random peers of its range. It holds up to k · 2^prefixLength peers,
 * and of its own neighbourhood no more than of any other.
 */
export const trieTable: TableModel<TrieOptions> = ({ keys, key }, random, options) => {
  const filling = { random, ranks: [], keys, own: rankOf(keys, key), options }
  fillLeaf(everybody(keys), 0, filling)
  return new Uint32Array(filling.ranks)
}

interface Filling extends Drawn {
  readonly keys: SortedKeys
  /** The owner's rank, where it is one of the peers. */
  readonly own: number | null
  readonly options: TrieOptions
}

/** Fills the leaf of a range at a depth, or the leaves into which it splits. A range whose keys first differ below the deepest leaf does not split. */
function fillLeaf(range: Range, depth: number, filling: Filling): void {
  const { keys, own, options, ranks } = filling
  const bit = keys.tree.bits[range.node] as number
  const isOwn = own !== null && own >= range.from && own < range.to
  const others = range.to - range.from - (isOwn ? 1 : 0)
  if (others > options.bucketSize && Math.max(depth, bit) < options.prefixLength) {
    for (const half of halves(keys, range)) fillLeaf(half, bit + 1, filling)
    return
  }
  const start = ranks.length
  drawFrom({ ...range, to: range.from + others }, options.bucketSize, filling)
  if (!isOwn) return
  // One rank fewer was drawn from: those from the owner's on stand for the next.
  for (let i = start; i < ranks.length; i++) if ((ranks[i] as number) >= own) ranks[i] = (ranks[i] as number) + 1
}

import { everybody, halves, type Range } from '../range.ts'
import { type Drawn, drawFrom } from './draw.ts'
import type { Owner, TableModel, TableOptions } from './table.ts'

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
export const trieTable: TableModel<TrieOptions> = (owner, random, options) => {
  const drawn = { random, ranks: [], owner, options }
  fillLeaf(everybody(owner.population), 0, drawn)
  return new Uint32Array(drawn.ranks)
}

interface Filling extends Drawn {
  readonly owner: Owner
  readonly options: TrieOptions
}

/** Fills the leaf of a range at a depth, or the leaves into which it splits. A range whose keys first differ below the deepest leaf does not split. */
function fillLeaf(range: Range, depth: number, filling: Filling): void {
  const { owner, options, ranks } = filling
  const bit = owner.population.tree.bits[range.node] as number
  const own = owner.index >= range.from && owner.index < range.to ? 1 : 0
  const splits = range.to - range.from - own > options.bucketSize && Math.max(depth, bit) < options.prefixLength
  if (splits) {
    for (const half of halves(owner.population, range)) fillLeaf(half, bit + 1, filling)
    return
  }
  const start = ranks.length
  drawFrom({ ...range, to: range.to - own }, options.bucketSize, filling)
  if (own === 0) return
  // One rank fewer was drawn from: those from the owner's on stand for the next.
  for (let i = start; i < ranks.length; i++)
    if ((ranks[i] as number) >= owner.index) ranks[i] = (ranks[i] as number) + 1
}

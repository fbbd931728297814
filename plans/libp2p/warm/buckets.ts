import type { TableEntry } from '../internals.ts'

/** A leaf of @libp2p/kad-dht's tree of buckets. */
export interface LeafBucket {
  readonly prefix: string
  readonly depth: number
  readonly peers: TableEntry[]
}

/** A bucket that was split. */
export interface InnerBucket {
  readonly prefix: string
  readonly depth: number
  readonly left: BucketTree
  readonly right: BucketTree
}

export type BucketTree = LeafBucket | InnerBucket

/** Entries in rising order of their keys as the tree of buckets that @libp2p/kad-dht keeps: a leaf of more than `bucketSize` splits, however deep that is. */
export function bucketTree(entries: readonly TableEntry[], bucketSize: number): BucketTree {
  const keys = entries.map(({ kadId }) => kadId)

  function part(
    from: number,
    to: number,
    { prefix, depth }: { readonly prefix: string; readonly depth: number },
  ): BucketTree {
    if (to - from <= bucketSize || depth === 256) return { prefix, depth, peers: entries.slice(from, to) }
    let ones = from
    while (ones < to && !hasBit(keys[ones] as Uint8Array, depth)) ones++
    const left = part(from, ones, { prefix: '0', depth: depth + 1 })
    const right = part(ones, to, { prefix: '1', depth: depth + 1 })
    return { prefix, depth, left, right }
  }

  return part(0, entries.length, { prefix: '', depth: 0 })
}

function hasBit(key: Uint8Array, bit: number): boolean {
  return (((key[bit >>> 3] as number) >>> (7 - (bit & 7))) & 1) === 1
}

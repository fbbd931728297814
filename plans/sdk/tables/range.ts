import type { SortedKeys } from './keys.ts'
import { keyWords } from './words.ts'

/** All peers whose keys have some prefix in common: ranks from `from` to before `to`. */
export interface Range {
  readonly from: number
  readonly to: number
  /** The node of the key tree that divides it; 0 where it holds one peer or none. */
  readonly node: number
}

const empty: Range = { from: 0, to: 0, node: 0 }

/** All peers. */
export function everybody({ size, tree }: SortedKeys): Range {
  return { from: 0, to: size, node: tree.root }
}

/** The halves of a range of two peers or more, by the first bit in which its keys differ: zeros, ones. */
export function halves({ tree }: SortedKeys, { from, to, node }: Range): readonly [Range, Range] {
  return [
    { from, to: node, node: tree.zeros[node] as number },
    { from: node, to, node: tree.ones[node] as number },
  ]
}

/**
 * The buckets of a key as Kademlia counts them: place i holds all peers whose keys share exactly i leading bits with it, down to where nobody is left;
 * some are empty. A peer whose key it is is in none.
 */
export function bucketsOf(keys: SortedKeys, key: Uint32Array): Range[] {
  const shared = sharedWith(keys, key, lastOnPath(keys, key))
  const buckets: Range[] = []
  const put = (bits: number, range: Range): void => {
    while (buckets.length < bits) buckets.push(empty)
    buckets.push(range)
  }
  let own = everybody(keys)
  for (let bit = keys.tree.bits[own.node] as number; own.node !== 0 && bit < shared; ) {
    const [nearer, farther] = nearerFirst(keys, key, own)
    put(bit, farther)
    own = nearer
    bit = keys.tree.bits[own.node] as number
  }
  // Those left differ from the key in one bit, in which they are alike.
  if (shared < keyWords * 32) put(shared, own)
  return buckets
}

/** The rank of a key; null where no peer has it. */
export function rankOf(keys: SortedKeys, key: Uint32Array): number | null {
  const rank = lastOnPath(keys, key)
  return sharedWith(keys, key, rank) === keyWords * 32 ? rank : null
}

/** Where a walk down the tree along a key's bits ends: nobody shares more leading bits with the key than that peer. */
function lastOnPath(keys: SortedKeys, key: Uint32Array): number {
  let range = everybody(keys)
  while (range.node !== 0) range = nearerFirst(keys, key, range)[0]
  return range.from
}

/** Leading bits that a key shares with that of a rank, 256 for its own. */
function sharedWith({ size, words }: SortedKeys, key: Uint32Array, rank: number): number {
  let w = 0
  while (w < keyWords && key[w] === words[w * size + rank]) w++
  return w === keyWords ? w * 32 : w * 32 + Math.clz32((key[w] as number) ^ (words[w * size + rank] as number))
}

function bitOf(key: Uint32Array, bit: number): boolean {
  return (((key[bit >>> 5] as number) >>> (31 - (bit & 31))) & 1) === 1
}

/** The halves of a range of two peers or more, the one whose peers are nearer to a key first. */
export function nearerFirst(keys: SortedKeys, key: Uint32Array, range: Range): readonly [Range, Range] {
  const [zeros, ones] = halves(keys, range)
  return bitOf(key, keys.tree.bits[range.node] as number) ? [ones, zeros] : [zeros, ones]
}

/** The smallest range that holds at least `count` peers and all that are as near to a key as its farthest; everybody where there are no more. */
export function rangeAround(keys: SortedKeys, key: Uint32Array, count: number): Range {
  let range = everybody(keys)
  while (range.node !== 0) {
    const [nearer] = nearerFirst(keys, key, range)
    if (nearer.to - nearer.from < count) break
    range = nearer
  }
  return range
}

/** Whether the first of two ranks is nearer to a key, by XOR distance, than the second. */
export function isNearer({ size, words }: SortedKeys, key: Uint32Array, [a, b]: readonly [number, number]): boolean {
  for (let w = 0; w < keyWords; w++) {
    const word = key[w] as number
    const [x, y] = [((words[w * size + a] as number) ^ word) >>> 0, ((words[w * size + b] as number) ^ word) >>> 0]
    if (x !== y) return x < y
  }
  return false
}

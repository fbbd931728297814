import type { Population } from './population.ts'
import { keyWords } from './sorted-words.ts'

/** All peers whose keys have some prefix in common: ranks from `from` to before `to`. */
export interface Range {
  readonly from: number
  readonly to: number
  /** The node of the key tree that divides it; 0 where it holds one peer or none. */
  readonly node: number
}

const empty: Range = { from: 0, to: 0, node: 0 }

/** The whole population. */
export function everybody({ size, tree }: Population): Range {
  return { from: 0, to: size, node: tree.root }
}

/** The halves of a range of two peers or more, by the first bit in which its keys differ: zeros, ones. */
export function halves({ tree }: Population, { from, to, node }: Range): readonly [Range, Range] {
  return [
    { from, to: node, node: tree.zeros[node] as number },
    { from: node, to, node: tree.ones[node] as number },
  ]
}

/** The buckets of a peer as Kademlia counts them: place i holds all peers whose keys share exactly i leading bits with its own, down to where it is alone; some are empty. */
export function bucketsOf(population: Population, index: number): Range[] {
  const buckets: Range[] = []
  let own = everybody(population)
  while (own.node !== 0) {
    const [zeros, ones] = halves(population, own)
    const shared = population.tree.bits[own.node] as number
    while (buckets.length < shared) buckets.push(empty)
    buckets.push(index < own.node ? ones : zeros)
    own = index < own.node ? zeros : ones
  }
  return buckets
}

/** The smallest range that holds at least `count` peers and all that are as near to a key as its farthest; everybody where there are no more. */
export function rangeAround(population: Population, key: Uint32Array, count: number): Range {
  let range = everybody(population)
  while (range.node !== 0) {
    const bit = population.tree.bits[range.node] as number
    const [zeros, ones] = halves(population, range)
    const nearer = (((key[bit >>> 5] as number) >>> (31 - (bit & 31))) & 1) === 1 ? ones : zeros
    if (nearer.to - nearer.from < count) break
    range = nearer
  }
  return range
}

/** Whether the first of two ranks is nearer to a key, by XOR distance, than the second. */
export function isNearer({ size, words }: Population, key: Uint32Array, [a, b]: readonly [number, number]): boolean {
  for (let w = 0; w < keyWords; w++) {
    const word = key[w] as number
    const [x, y] = [((words[w * size + a] as number) ^ word) >>> 0, ((words[w * size + b] as number) ^ word) >>> 0]
    if (x !== y) return x < y
  }
  return false
}

import type { Random } from '../random.ts'
import { type KeyTree, treeOf } from './tree.ts'
import { keyBytes, keyWords, mostPeers, orderedWords, risingOrder } from './words.ts'

/**
 * Keys of peers in rising order. A peer is named by its rank, so that all keys with a common prefix are a range of ranks.
 * A peer takes 41 bytes: a million take 41 MB.
 */
export interface SortedKeys {
  readonly size: number
  /** Column by column: word w of 32 bits (0 the most significant) of the peer with rank i stands at `w * size + i`. */
  readonly words: Uint32Array
  /** Where ranges of keys with a common prefix divide. */
  readonly tree: KeyTree
}

/** `size` uniform random keys; the same stream gives the same. */
export function randomKeys(size: number, random: Random): SortedKeys {
  if (!Number.isInteger(size) || size < 1 || size > mostPeers)
    throw new RangeError(`a population of ${size} peers: write a whole number from 1 to ${mostPeers}`)
  return sortedKeys(random.bytes(size * keyBytes))
}

/**
 * Keys given as bytes, 32 a key, in any order.
 *
 * @throws RangeError where the bytes are no whole keys, two keys are equal, or there are more than 2,097,152.
 */
export function sortedKeys(bytes: Uint8Array): SortedKeys {
  const size = bytes.length / keyBytes
  if (!Number.isInteger(size) || size < 1 || size > mostPeers)
    throw new RangeError(`a population of ${bytes.length} bytes: give 32 bytes a key, 1 to ${mostPeers} keys`)
  return keysInOrder(bytes, risingOrder(bytes))
}

/** Keys given as bytes, 32 a key, whose rising order is known: places of the keys, as `risingOrder` gives them. */
export function keysInOrder(bytes: Uint8Array, order: Uint32Array): SortedKeys {
  const words = orderedWords(bytes, order)
  return { size: order.length, words, tree: treeOf(words, order.length) }
}

/** The key of a rank as 32 bytes. */
export function keyAt({ size, words }: SortedKeys, rank: number): Uint8Array {
  const key = new DataView(new ArrayBuffer(keyBytes))
  for (let w = 0; w < keyWords; w++) key.setUint32(w * 4, words[w * size + rank] as number)
  return new Uint8Array(key.buffer)
}

/** The key of a rank as the eight words that lookups compare. */
export function wordsAt({ size, words }: SortedKeys, rank: number): Uint32Array {
  return Uint32Array.from({ length: keyWords }, (_, w) => words[w * size + rank] as number)
}

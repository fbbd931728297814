import type { Key } from '@hoplab/sdk'
import { peerKey } from '../composition/peer-key.ts'

export { commonPrefixLength, compareDistance, fromHex, log2Distance, toHex } from '@hoplab/sdk'

const cacheLimit = 1_000_000
const cache = new Map<string, Key>()

/**
 * Key of a peer in the DHT key space: SHA-256 of the bytes of its peer id. Remembered by peer id: every call returns the same array, which is not to be written to.
 *
 * @param peerId Base58 or CIDv1 text.
 * @returns 32 bytes, most significant first.
 * @throws InputError when the text is no peer id.
 */
export function keyOf(peerId: string): Key {
  const known = cache.get(peerId)
  if (known !== undefined) return known
  if (cache.size >= cacheLimit) cache.clear()
  const key = peerKey(peerId)
  cache.set(peerId, key)
  return key
}

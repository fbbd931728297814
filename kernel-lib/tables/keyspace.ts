import { InputError } from '../errors.ts'
import { peerKey } from '../run/peer-key.ts'

const keyBytes = 32
const cacheLimit = 1_000_000
const cache = new Map<string, Uint8Array>()

/**
 * Key of a peer in the DHT key space: SHA-256 of the bytes of its peer id. Remembered by peer id: every call returns the same array, which is not to be written to.
 *
 * @param peerId Base58 or CIDv1 text.
 * @returns 32 bytes, most significant first.
 * @throws InputError when the text is no peer id.
 */
export function keyOf(peerId: string): Uint8Array {
  const known = cache.get(peerId)
  if (known !== undefined) return known
  if (cache.size >= cacheLimit) cache.clear()
  const key = peerKey(peerId)
  cache.set(peerId, key)
  return key
}

/**
 * Bytes of a key written as hexadecimal digits, as `target` in lookups and `key` in nodes are.
 *
 * @throws InputError unless the text is 64 hexadecimal digits.
 */
export function fromHex(hex: string): Uint8Array {
  if (!/^[0-9a-f]{64}$/i.test(hex))
    throw new InputError(`key ${JSON.stringify(hex.slice(0, 80))}: a key is 64 hexadecimal digits`)
  return new Uint8Array(Buffer.from(hex, 'hex'))
}

/** A key as hexadecimal digits, lower case. */
export function toHex(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('hex')
}

/** Leading bits that two keys share, 0 to 256 (cpl; 256 only for equal keys). */
export function commonPrefixLength(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < keyBytes; i++) {
    const difference = byte(a, i) ^ byte(b, i)
    if (difference !== 0) return i * 8 + Math.clz32(difference) - 24
  }
  return keyBytes * 8
}

/** Order by XOR distance to `target`, for sorting: negative when `a` is nearer than `b`, 0 when they are equal. */
export function compareDistance(target: Uint8Array, a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < keyBytes; i++) {
    const difference = (byte(target, i) ^ byte(a, i)) - (byte(target, i) ^ byte(b, i))
    if (difference !== 0) return difference
  }
  return 0
}

/** Base-2 logarithm of the XOR distance of two keys, with its fraction: below 256, and −Infinity for equal keys. */
export function log2Distance(a: Uint8Array, b: Uint8Array): number {
  const first = Math.floor(commonPrefixLength(a, b) / 8)
  if (first === keyBytes) return Number.NEGATIVE_INFINITY
  let mantissa = 0
  for (let i = 0; i < 8; i++) mantissa = mantissa * 256 + (byte(a, first + i) ^ byte(b, first + i))
  return Math.log2(mantissa) + (keyBytes - first - 8) * 8
}

/** Past the end of the key the byte is 0, which only stands below the precision of a double. */
function byte(key: Uint8Array, index: number): number {
  return key[index] ?? 0
}

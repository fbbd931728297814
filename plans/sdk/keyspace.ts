import { createHash } from 'node:crypto'

/** A point of the DHT's key space: 32 bytes, compared as one big-endian number. */
export type Key = Uint8Array

const keyBytes = 32

/** A key as text: 64 hexadecimal digits, lower case. */
export const keyPattern = /^[0-9a-f]{64}$/

/** The key of anything in the key space: SHA-256 of its bytes. */
export function keyOfBytes(bytes: Uint8Array): Key {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}

/** A key as 64 hexadecimal digits, lower case. */
export function toHex(key: Key): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('hex')
}

/**
 * Bytes of a key written as hexadecimal digits, as `target` in lookups and `key` in nodes are.
 *
 * @throws RangeError unless the text is such digits; records are checked for it when they are written and loaded.
 */
export function fromHex(hex: string): Key {
  if (!keyPattern.test(hex))
    throw new RangeError(`key ${JSON.stringify(hex.slice(0, 80))}: a key is 64 hexadecimal digits, lower case`)
  return new Uint8Array(Buffer.from(hex, 'hex'))
}

/** Leading bits that two keys share, 0 to 256 (cpl; 256 only for equal keys). */
export function commonPrefixLength(a: Key, b: Key): number {
  for (let i = 0; i < keyBytes; i++) {
    const difference = byte(a, i) ^ byte(b, i)
    if (difference !== 0) return i * 8 + Math.clz32(difference) - 24
  }
  return keyBytes * 8
}

/** Order by XOR distance to `target`, for sorting: negative when `a` is nearer than `b`, 0 when they are equal. */
export function compareDistance(target: Key, a: Key, b: Key): number {
  for (let i = 0; i < keyBytes; i++) {
    const difference = (byte(target, i) ^ byte(a, i)) - (byte(target, i) ^ byte(b, i))
    if (difference !== 0) return difference
  }
  return 0
}

/** Base-2 logarithm of the XOR distance of two keys, with its fraction: below 256, and −Infinity for equal keys. */
export function log2Distance(a: Key, b: Key): number {
  const first = Math.floor(commonPrefixLength(a, b) / 8)
  if (first === keyBytes) return Number.NEGATIVE_INFINITY
  let mantissa = 0
  for (let i = 0; i < 8; i++) mantissa = mantissa * 256 + (byte(a, first + i) ^ byte(b, first + i))
  return Math.log2(mantissa) + (keyBytes - first - 8) * 8
}

/** Past the end of the key the byte is 0, which only stands below the precision of a double. */
function byte(key: Key, index: number): number {
  return key[index] ?? 0
}

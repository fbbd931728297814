import { createHash } from 'node:crypto'
import type { PeerId } from '@libp2p/interface'

/** A point of the DHT's key space: 32 bytes, compared as one big-endian number. */
export type Key = Uint8Array

/** The key of anything in the key space: SHA-256 of its bytes. */
export function keyOfBytes(bytes: Uint8Array): Key {
  return createHash('sha256').update(bytes).digest()
}

/** A peer's key: SHA-256 of the peer id's multihash bytes. */
export function keyOfPeer(peer: PeerId): Key {
  return keyOfBytes(peer.toMultihash().bytes)
}

/** 64 hexadecimal digits. */
export function toHex(key: Key): string {
  return Buffer.from(key).toString('hex')
}

/** Number of leading bits that two keys share, 0 to 256. */
export function commonPrefixLength(a: Key, b: Key): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) ^ (b[i] ?? 0)
    if (difference !== 0) return i * 8 + Math.clz32(difference) - 24
  }
  return a.length * 8
}

/** Negative where `a` is nearer to `target` than `b` by XOR distance, positive where it is farther, 0 where they are equal. */
export function compareDistance(target: Key, a: Key, b: Key): number {
  for (let i = 0; i < target.length; i++) {
    const bit = target[i] ?? 0
    const difference = ((a[i] ?? 0) ^ bit) - ((b[i] ?? 0) ^ bit)
    if (difference !== 0) return difference
  }
  return 0
}

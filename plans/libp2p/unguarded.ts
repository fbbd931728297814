import { randomBytes } from 'node:crypto'
import type { ICryptoInterface } from '@libp2p/noise'
import { Uint8ArrayList } from 'uint8arraylist'

type Bytes = Uint8Array | Uint8ArrayList

const keyBytes = 32
const tagBytes = 16
/** Offset basis and prime of FNV-1a for 32 bits. */
const basis = 0x811c9dc5
const prime = 0x01000193

/**
 * What Noise computes with in a simulation, where nobody can listen: texts travel as they are, behind them a tag, and two secrets make a shared one by exclusive or. Messages,
 * their sizes and what is drawn by chance are those of the real ciphers; a tag of another key, number or handshake is refused. Signatures, by which peers prove who they are, are no part of it and stay real.
 *
 * @throws Error from `chaCha20Poly1305Decrypt` where a tag is missing or another.
 */
export const unguardedCrypto: ICryptoInterface = {
  hashSHA256: (data) => digest([data], 0),
  getHKDF: (chain, input) => [digest([chain, input], 1), digest([chain, input], 2), digest([chain, input], 3)],
  generateX25519KeyPair() {
    const key = randomBytes(keyBytes)
    return { publicKey: key, privateKey: key }
  },
  generateX25519KeyPairFromSeed: (seed) => ({ publicKey: seed, privateKey: seed }),
  generateX25519SharedKey: (own, other) => either(own.subarray(), other.subarray()),
  chaCha20Poly1305Encrypt: (text, nonce, ad, key) => new Uint8ArrayList(text, tagOf(key, nonce, ad)),
  chaCha20Poly1305Decrypt(sealed, nonce, ad, key) {
    const end = sealed.byteLength - tagBytes
    if (end < 0 || !isSame(sealed.subarray(end), tagOf(key, nonce, ad)))
      throw new Error(`${sealed.byteLength} bytes do not end in the tag of this key, number and handshake`)
    return sealed instanceof Uint8Array ? sealed.subarray(0, end) : sealed.sublist(0, end)
  },
}

/** 32 bytes that follow from each byte and its place: FNV-1a in eight lanes, each of which takes every eighth byte, then mixed. */
function digest(parts: readonly Bytes[], salt: number): Uint8Array {
  const lanes = Uint32Array.from({ length: 8 }, (_, lane) => basis ^ (lane + 8 * salt))
  let at = 0
  for (const part of parts)
    for (const bytes of part instanceof Uint8Array ? [part] : part)
      for (const byte of bytes) {
        const lane = at++ & 7
        lanes[lane] = Math.imul((lanes[lane] as number) ^ byte, prime)
      }
  let last = at
  for (let step = 0; step < 24; step++) {
    last = Math.imul((lanes[step & 7] as number) ^ last ^ (last >>> 15), prime)
    lanes[step & 7] = last
  }
  return new Uint8Array(lanes.buffer)
}

function tagOf(key: Uint8Array, nonce: Uint8Array, ad: Uint8Array): Uint8Array {
  const tag = new Uint8Array(tagBytes)
  for (const part of [key, nonce, ad])
    for (let at = 0; at < part.length; at++) tag[at & 15] = (tag[at & 15] as number) ^ (part[at] as number)
  return tag
}

function either(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, at) => byte ^ (b[at] as number))
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, at) => byte === b[at])
}

import { createHash } from 'node:crypto'

/** A named stream of seeded randomness: drawing from one never shifts another's draws. */
export interface Random {
  /** Uniform in [0, 1). */
  float(): number
  /** Uniform integer in [0, below). */
  integer(below: number): number
  bytes(length: number): Uint8Array
  /** A shuffled copy (Fisher–Yates). */
  shuffle<T>(values: readonly T[]): T[]
}

/** The stream of randomness named `stream` of a run with this seed: sfc32 (Doty-Humphrey's Small Fast Counter, 128 bits of state, from PractRand) whose state is SHA-256 of `hoplab/random/1`, seed and name. The same arguments give the same draws on every machine; each call begins the stream anew. */
export function seededRandom(seed: number, stream: string): Random {
  const word = sfc32(createHash('sha256').update(`hoplab/random/1\n${seed}\n${stream}`).digest())
  const float = (): number => ((word() >>> 5) * 0x4000000 + (word() >>> 6)) / 2 ** 53

  function integer(below: number): number {
    if (!Number.isSafeInteger(below) || below < 1)
      throw new RangeError(`integer(${below}): write a whole number from 1 to 2^53 − 1`)
    if (below > 2 ** 32) return Math.floor(float() * below)
    // Words past the last whole multiple of `below` would make small values likelier.
    const usable = 2 ** 32 - (2 ** 32 % below)
    for (;;) {
      const drawn = word()
      if (drawn < usable) return drawn % below
    }
  }

  function bytes(length: number): Uint8Array {
    const drawn = new Uint8Array(length)
    const view = new DataView(drawn.buffer)
    let at = 0
    for (; at + 4 <= length; at += 4) view.setUint32(at, word(), true)
    if (at < length) for (let rest = word(); at < length; rest >>>= 8) drawn[at++] = rest
    return drawn
  }

  function shuffle<T>(values: readonly T[]): T[] {
    const shuffled = [...values]
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = integer(last + 1)
      const value = shuffled[last] as T
      shuffled[last] = shuffled[other] as T
      shuffled[other] = value
    }
    return shuffled
  }

  return { float, integer, bytes, shuffle }
}

function sfc32(state: Buffer): () => number {
  let a = state.readUInt32LE(0)
  let b = state.readUInt32LE(4)
  let c = state.readUInt32LE(8)
  let counter = 1
  const next = (): number => {
    const sum = (a + b + counter) >>> 0
    counter = (counter + 1) >>> 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) >>> 0
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0
    return sum
  }
  for (let round = 0; round < 12; round++) next()
  return next
}

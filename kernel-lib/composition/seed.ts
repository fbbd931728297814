import { createHash } from 'node:crypto'

/** Seed of repetition `index`: the seed itself for 0, else the first 32 bits of SHA-256 of `<seed>/<index>`. */
export function repetitionSeed(seed: number, index: number): number {
  return index === 0 ? seed : createHash('sha256').update(`${seed}/${index}`).digest().readUInt32BE(0)
}

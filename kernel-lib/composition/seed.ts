import { createHash } from 'node:crypto'
import type { RunSpec } from './spec.ts'

/** Seed of repetition `index`: the seed itself for 0, else the first 32 bits of SHA-256 of `<seed>/<index>`. */
export function repetitionSeed(seed: number, index: number): number {
  return index === 0 ? seed : createHash('sha256').update(`${seed}/${index}`).digest().readUInt32BE(0)
}

/** The spec under another seed; tables that were drawn from its own follow. */
export function withSeed(spec: RunSpec, seed: number): RunSpec {
  const { start } = spec
  return { ...spec, seed, start: start !== null && start.seed === spec.seed ? { ...start, seed } : start }
}

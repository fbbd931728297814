import { createHash } from 'node:crypto'
import { earliestSpec } from './earlier-spec.ts'
import type { RunSpec } from './spec.ts'

/**
 * JSON with the keys of every object sorted by code unit and no spaces: equal values, equal text.
 *
 * @throws TypeError for what JSON cannot hold (NaN, infinities, functions, undefined in a list).
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`)
      .join(',')}}`
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} has no JSON`)
  const text = JSON.stringify(value)
  if (text === undefined) throw new TypeError(`${typeof value} has no JSON`)
  return text
}

/**
 * What identifies an experiment: the SHA-256 of its spec's canonical JSON, 64 hexadecimal digits. It is taken of
 * the earliest schema that can tell the spec, so that an experiment keeps its hash when specs learn to say more.
 */
export function specHash(spec: RunSpec): string {
  return createHash('sha256')
    .update(canonicalJson(earliestSpec(spec)))
    .digest('hex')
}

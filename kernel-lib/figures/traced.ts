import type { AttemptOptions } from '../stats/attempts.ts'
import type { Observed } from '../stats/observed.ts'
import { type TracedAttempts, trace } from '../stats/traced.ts'

const remembered = new WeakMap<Observed, Map<string, TracedAttempts>>()

/** The lookups of loaded runs with their trees; made once for the same data and options, since every figure of a page asks for them. */
export function traced(data: Observed, options: AttemptOptions = {}): TracedAttempts {
  const known = remembered.get(data) ?? new Map<string, TracedAttempts>()
  remembered.set(data, known)
  const key = JSON.stringify([options.phase, options.kind])
  const found = known.get(key) ?? trace(data, options)
  known.set(key, found)
  return found
}

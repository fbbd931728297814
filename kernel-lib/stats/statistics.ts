import type { AttemptOptions } from './attempts.ts'
import { hops } from './hops.ts'
import { latency } from './latency.ts'
import type { Observed } from './observed.ts'
import { success } from './success.ts'
import { trace } from './traced.ts'

/** All statistics of loaded runs by entry of the analyses. */
export function statistics(data: Observed, options: AttemptOptions = {}) {
  const traced = trace(data, options)
  return { D1: success(traced), D2: latency(traced), D4: hops(traced) }
}

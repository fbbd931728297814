import { medianSample } from '../sample/estimate.ts'
import type { Sample } from '../sample/sample.ts'
import type { Attempt, Attempts } from './attempts.ts'
import { type ByClass, byClass, classOf } from './outcome-class.ts'

/**
 * D2: lookup latency. `all` is over every attempt: its curve is the share of all attempts that had succeeded by a time, so failures
 * (censored at their end: they took longer than that, and never succeeded) keep it below 1, and a quantile that lies among them is null.
 * `ok` and `failed` are the durations of each alone; neither is the latency of a lookup.
 */
export function latency({ ended, expected, missing }: Attempts): ByClass<Sample> {
  const judged = ended.filter((each) => classOf(each) !== 'absent')
  const expectedJudged = expected - (ended.length - judged.length)
  return byClass(judged, (attempts, which) => {
    const failures = attempts.filter((each) => classOf(each) === 'failed').length
    const values = attempts.map((each) => ({ ...each, value: value(each, which) }))
    const counted =
      which === 'all'
        ? { expected: expectedJudged, failed: failures, missing, censored: failures }
        : { expected: attempts.length, failed: failures, missing: 0, censored: 0 }
    return medianSample({ ...about[which], entry: 'D2', unit: 'ms' }, values, counted)
  })
}

const about = {
  all: {
    name: 'lookup latency, all attempts (median)',
    definition: 'time by which a share of all attempts had succeeded; failures are censored at their end and rank last',
  },
  ok: {
    name: 'latency of lookups that succeeded (median)',
    definition: 'end − start of the lookups that succeeded',
  },
  failed: {
    name: 'duration of lookups that failed (median)',
    definition: 'end − start of the lookups that failed or timed out',
  },
}

function value(attempt: Attempt, which: keyof ByClass): number {
  const hidden = which === 'all' && classOf(attempt) === 'failed'
  return hidden ? Number.POSITIVE_INFINITY : attempt.end_ms - attempt.start_ms
}

import { recalls } from './lookups/accuracy.ts'
import type { Attempt, AttemptOptions } from './lookups/attempts.ts'
import { classOf } from './lookups/outcome-class.ts'
import { type Traced, trace } from './lookups/traced.ts'
import type { Observed } from './observed/observed.ts'
import type { Origin } from './sample/clusters.ts'

/** An observation, and of which lookup of which seed it is, so that the same one can be found in another run. */
export interface Measured extends Origin {
  readonly seed: number
  readonly lookup: string
  readonly value: number
}

/** One number that two sets of runs can be compared by. */
export interface Measure {
  readonly name: string
  readonly unit: string
  readonly better: 'less' | 'more'
  readonly of: 'mean' | 'median' | 'share'
  /** Observations, infinite where only a lower bound is known; for a share 1 and 0. */
  observe(data: Observed, options: AttemptOptions): readonly Measured[]
}

/** What `compare` compares by, by entry of the analyses. */
export const measures = {
  D1: {
    name: 'share of lookups that succeed',
    unit: 'share',
    better: 'more',
    of: 'share',
    observe: (data, options) => judged(data, options).map((each) => ({ ...each, value: each.status === 'ok' ? 1 : 0 })),
  },
  D2: {
    name: 'median lookup latency, all attempts',
    unit: 'ms',
    better: 'less',
    of: 'median',
    observe: (data, options) => judged(data, options).map((each) => ({ ...each, value: latencyOf(each) })),
  },
  D4: {
    name: 'mean hops of lookups that succeed',
    unit: 'hops',
    better: 'less',
    of: 'mean',
    observe: (data, options) =>
      judged(data, options).flatMap((each) =>
        each.whole && each.status === 'ok' && each.hops.hops !== null ? [{ ...each, value: each.hops.hops }] : [],
      ),
  },
  D7: {
    name: 'requests sent per lookup, all attempts',
    unit: 'messages',
    better: 'less',
    of: 'mean',
    observe: (data, options) => inside(data, options).map((each) => ({ ...each, value: count(each, 'sent') })),
  },
  D8: {
    name: 'dials begun per lookup, all attempts',
    unit: 'dials',
    better: 'less',
    of: 'mean',
    observe: (data, options) => inside(data, options).map((each) => ({ ...each, value: count(each, 'dial') })),
  },
  D13: {
    name: 'recall of the k closest',
    unit: 'share',
    better: 'more',
    of: 'mean',
    observe: (data, options) => recalls(data, trace(data, options)),
  },
} as const satisfies Record<string, Measure>

/** Entry of a measure: `D2`. */
export type MeasureName = keyof typeof measures

function judged(data: Observed, options: AttemptOptions): readonly Traced[] {
  return trace(data, options).ended.filter((each) => classOf(each) !== 'absent')
}

function inside(data: Observed, options: AttemptOptions): readonly Traced[] {
  return judged(data, options).filter((each) => each.whole)
}

function latencyOf(attempt: Attempt): number {
  return attempt.status === 'ok' ? attempt.end_ms - attempt.start_ms : Number.POSITIVE_INFINITY
}

function count({ events }: Attempt, wanted: 'sent' | 'dial'): number {
  return events.filter(({ event, path }) => event === wanted && path >= 0).length
}

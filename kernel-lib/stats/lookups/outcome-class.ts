import type { Sample } from '../sample/sample.ts'

/** How a lookup's end counts: `absent` is an answer (provably not there), neither success nor failure. */
export type EndClass = 'ok' | 'failed' | 'absent'

/** One sample each for the attempts that succeeded, that failed or timed out, and all; the three differ, and a mean of one is biased as a mean of another. */
export interface ByClass<T = Sample> {
  readonly ok: T
  readonly failed: T
  readonly all: T
}

/** The class of a lookup by its status; `timeout` is a failure. */
export function classOf({ status }: { readonly status: string }): EndClass {
  return status === 'ok' ? 'ok' : status === 'absent' ? 'absent' : 'failed'
}

/** Applies a statistic to the attempts that succeeded, that failed, and all of them. */
export function byClass<A extends { readonly status: string }, T>(
  attempts: readonly A[],
  statistic: (attempts: readonly A[], which: keyof ByClass) => T,
): ByClass<T> {
  return {
    ok: statistic(
      attempts.filter((each) => classOf(each) === 'ok'),
      'ok',
    ),
    failed: statistic(
      attempts.filter((each) => classOf(each) === 'failed'),
      'failed',
    ),
    all: statistic(attempts, 'all'),
  }
}

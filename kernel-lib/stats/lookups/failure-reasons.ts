import type { Attempts } from './attempts.ts'
import { classOf } from './outcome-class.ts'

/** How many lookups failed or timed out, by why, most frequent first: `the time limit of the lookup`, `the asking node crashed`, `nothing found`. */
export function failureReasons({ ended }: Pick<Attempts, 'ended'>): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const attempt of ended) {
    if (classOf(attempt) !== 'failed') continue
    const why = attempt.error ?? 'no reason told'
    counts.set(why, (counts.get(why) ?? 0) + 1)
  }
  return Object.fromEntries([...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)))
}

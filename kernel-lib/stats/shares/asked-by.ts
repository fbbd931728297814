import type { TracedAttempts } from '../lookups/traced.ts'

/** Lookups that nodes of some groups asked; those of all groups where none is named. What is missing is not told by group, so all of it counts. */
export function askedBy(attempts: TracedAttempts, groups: readonly string[] | null): TracedAttempts {
  if (groups === null) return attempts
  const ended = attempts.ended.filter(({ group }) => groups.includes(group))
  return { ...attempts, ended, expected: ended.length + attempts.missing }
}

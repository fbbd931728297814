import type { StartDraft } from '../draft.ts'
import type { CaseSpec } from '../manifest.ts'
import type { Problem } from '../problems.ts'
import type { WarmStart } from './start.ts'

/** A warm start with nothing left to decide but the seed, which differs from one repetition to the next. */
export type SeededStart = (seed: number) => WarmStart | null

/** Holds a warm start against its case; where that is unknown, what is wrong is told by whoever looked for it. */
export function resolveStart(start: StartDraft | null, spec: CaseSpec | undefined, problems: Problem[]): SeededStart {
  if (start === null || start.tables === null || spec === undefined) return () => null
  const { tables, fill, stale, prefixLength, recorded } = start
  if (tables === 'trie' && prefixLength === null && !Object.hasOwn(spec.params, 'prefix_length'))
    problems.push({
      where: start.where('prefix_length'),
      what: `is missing, and case ${spec.name} has no parameter of that name; write prefix_length = 6`,
    })
  return (seed) => ({ tables, fill, stale, prefixLength, seed: start.seed ?? seed, recorded })
}

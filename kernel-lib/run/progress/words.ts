import { times } from '../duration.ts'
import { outcomes } from '../record.ts'
import { marks } from './marks.ts'
import type { Moment, Progress } from './progress.ts'

/** What runs, in one line. */
export function headline({ title, size, harness, seed, specHash }: Progress): string {
  return `${title}   ${size}   ${harness}   seed ${seed}   spec ${specHash.slice(0, 8)}`
}

/** Instances by state: `3 waiting  12 running  ● 25 success  ✕ 1 failure`; before one can start, what they wait for: `identities 40,000 of 100,000`. */
export function tally({ waiting, running, byOutcome, making }: Progress): string {
  if (making !== null)
    return `${making.what} ${making.done.toLocaleString('en-US')} of ${making.of.toLocaleString('en-US')}`
  const parts = outcomes
    .filter((one) => byOutcome[one] > 0)
    .map((one) => `${marks[one].symbol} ${byOutcome[one]} ${one}`)
  return [
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    ...(running > 0 ? [`${running} running`] : []),
    ...parts,
  ].join('  ')
}

/** How long the run has been going. */
export function elapsed({ virtualMs, elapsedMs }: Progress): string {
  return times(virtualMs, elapsedMs)
}

/** How long it was from one moment to another. */
export function between(from: Moment, to: Moment): string {
  const virtualMs = from.virtualMs === null || to.virtualMs === null ? null : to.virtualMs - from.virtualMs
  return times(virtualMs, to.realMs - from.realMs)
}

/** Text that came from a program, on one line and without what a terminal would obey. */
export function plainText(text: string, most: number): string {
  const plain = [...text].map((one) => (/[\p{Cc}\p{Cf}]/u.test(one) ? ' ' : one))
  return plain.length > most ? `${plain.slice(0, Math.max(0, most - 1)).join('')}…` : plain.join('')
}

/** Instances that did not succeed, a line each, and how many more there are. */
export function problemLines({ problems, moreProblems, folder }: Progress): readonly string[] {
  const more = moreProblems === 0 ? [] : [`and ${moreProblems} more that did not succeed; see ${folder}/record.json`]
  return [...problems.map((line) => plainText(line, 1000)), ...more]
}

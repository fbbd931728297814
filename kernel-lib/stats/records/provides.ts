import type { Attempts } from '../lookups/attempts.ts'
import { latency } from '../lookups/latency.ts'
import { type Success, success } from '../lookups/success.ts'
import type { TracedAttempts } from '../lookups/traced.ts'
import { meanSample } from '../sample/estimate.ts'
import type { Sample } from '../sample/sample.ts'

/** How records were provided: D1 and D2 of provides, and with how many peers each record was placed. */
export interface Provides {
  readonly success: Success
  /** Of all provides, those that failed as censored. ms */
  readonly latency: Sample
  readonly placed: Sample
}

/** How the provides among lookups ended. */
export function provides(taken: TracedAttempts): Provides {
  const ended = taken.ended.filter(({ kind }) => kind === 'provide')
  const missing = ended.length === 0 ? 0 : taken.missing
  const own = { ...taken, kind: 'provide', ended, missing, expected: ended.length + missing }
  return { success: success(own), latency: latency(own).all, placed: placed(own) }
}

/** K5 when a record was provided: peers that took it / those that it should have been placed with, mean over provides; one that failed placed it with whoever had taken it by then, which may be nobody. */
export function placed({ ended, expected, missing }: Pick<Attempts, 'ended' | 'expected' | 'missing'>): Sample {
  const known = ended.flatMap(({ stored, expected: wanted, ...each }) =>
    stored === null || wanted === null || wanted === 0 ? [] : [{ ...each, value: stored / wanted }],
  )
  return meanSample(about, known, {
    expected,
    failed: known.filter(({ status }) => status !== 'ok').length,
    missing: missing + ended.length - known.length,
    censored: 0,
    of: 'provides',
  })
}

const about = {
  name: 'peers that took the record',
  entry: 'K5',
  definition:
    'holders with the record at the end of its provide / k, or all servers that can be dialed where there are fewer; mean over provides',
  unit: 'share',
}

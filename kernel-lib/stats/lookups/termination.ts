import type { Sample } from '../sample/sample.ts'
import type { Attempts } from './attempts.ts'

/** D11 with the share of each reason. */
export interface Termination extends Sample {
  readonly counts: Readonly<Record<string, number>>
  /** Shares of the lookups that ended, by reason; empty without lookups. */
  readonly shares: Readonly<Record<string, number>>
}

/** D11: why queries ended: stopped by us, cancelled, nobody left to ask (starvation), completed, or unknown. */
export function termination({ ended, expected, missing }: Attempts): Termination {
  const counts: Record<string, number> = {}
  for (const { termination: reason } of ended) counts[reason] = (counts[reason] ?? 0) + 1
  const n = ended.length
  return {
    name: 'reasons why lookups ended',
    entry: 'D11',
    definition: 'lookups that ended by each reason',
    unit: 'lookups',
    n,
    expected,
    failed: 0,
    missing,
    censored: 0,
    counts,
    shares: Object.fromEntries(Object.entries(counts).map(([reason, count]) => [reason, count / n])),
  }
}

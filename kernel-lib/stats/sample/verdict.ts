import type { Interval } from './sample.ts'

/** A number with its interval; both null where the data cannot tell. */
export interface Estimated {
  readonly estimate: number | null
  readonly interval: Interval | null
}

/** What a change is against its margin; `unknown` where the interval lies on both sides of an end of it, or there is none. */
export type Verdict = 'better' | 'same' | 'worse' | 'unknown'

/** What a verdict is given by. */
export interface VerdictRule {
  readonly margin: number
  /** Whether the change is relative to the baseline. */
  readonly relative: boolean
  readonly better: 'less' | 'more'
  /** Baseline, candidate. */
  readonly sides: readonly { readonly n: number }[]
}

const fewest = 10
/** Below this many, data without any variation says little about what varies. */
const fewestAlike = 30

/** Judges a change by its interval: better or worse where all of it lies beyond the margin, same where all lies within, else unknown. */
export function verdictOf(
  { estimate, interval }: Estimated,
  { margin, relative, better, sides }: VerdictRule,
): { verdict: Verdict; reason: string } {
  const least = Math.min(...sides.map(({ n }) => n))
  const percent = (x: number) => `${(x * 100).toFixed(1)} ${relative ? '%' : 'points'}`
  if (least < fewest) return unknown(`a side has ${least} observations, and at least ${fewest} are needed`)
  if (estimate === null) return unknown('the data does not tell one of the two values')
  if (!interval) return unknown('there is no interval: nothing varies, or failures hide it')
  if (interval.low === interval.high && least < fewestAlike)
    return unknown(`all of ${least} observations are alike, and at least ${fewestAlike} such are needed`)
  const range = `the change of ${percent(estimate)} (${percent(interval.low)} to ${percent(interval.high)})`
  const good = better === 'more' ? interval : { low: -interval.high, high: -interval.low }
  if (good.low > margin) return { verdict: 'better', reason: `${range} is an improvement beyond ${percent(margin)}` }
  if (good.high < -margin) return { verdict: 'worse', reason: `${range} is a loss beyond ${percent(margin)}` }
  if (good.low >= -margin && good.high <= margin)
    return { verdict: 'same', reason: `${range} lies within ±${percent(margin)}` }
  return unknown(`${range} does not lie on one side of the margin of ${percent(margin)}`)
}

function unknown(reason: string): { verdict: Verdict; reason: string } {
  return { verdict: 'unknown', reason }
}

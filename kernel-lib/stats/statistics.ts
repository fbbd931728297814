import { accuracy } from './accuracy.ts'
import type { AttemptOptions } from './attempts.ts'
import { bucketFill } from './bucket-fill.ts'
import { connectivity } from './connectivity.ts'
import { degrees } from './degree.ts'
import { dials } from './dials.ts'
import { hopKinds } from './hop-kinds.ts'
import { hops } from './hops.ts'
import { latency } from './latency.ts'
import { messages } from './messages.ts'
import { neighbourhood } from './neighbourhood.ts'
import type { Observed } from './observed.ts'
import { pathLengths } from './path-lengths.ts'
import { progress } from './progress.ts'
import { roundTrips } from './round-trip.ts'
import { stale } from './stale.ts'
import { success } from './success.ts'
import { tablesAt } from './tables.ts'
import { termination } from './termination.ts'
import { trace } from './traced.ts'

export interface StatisticsOptions extends AttemptOptions {
  /** Named moment of the routing tables; `end`, else the last one, unless said. */
  readonly snapshot?: string
}

/** All statistics of loaded runs, by entry of the analyses. */
export type Statistics = ReturnType<typeof statistics>

/** Every statistic that one call can give of loaded runs, by entry of the analyses: D about lookups of the measured phase, R about routing tables. What the data does not hold has n 0 and null. */
export function statistics(data: Observed, options: StatisticsOptions = {}) {
  const traced = trace(data, options)
  const tables = tablesAt(data, options)
  const { recall, rankError } = accuracy(data, traced)
  return {
    D1: success(traced),
    D2: latency(traced),
    D4: hops(traced),
    D5: hopKinds(traced),
    D6: progress(traced),
    D7: messages(traced),
    D8: dials(traced),
    D10: roundTrips(traced),
    D11: termination(traced),
    D13: recall,
    D14: rankError,
    R1: bucketFill(tables),
    R4: stale(tables),
    R5: neighbourhood(tables),
    R6: degrees(tables),
    R7: connectivity(tables),
    R8: pathLengths(tables),
  }
}

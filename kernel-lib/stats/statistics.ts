import { accuracy } from './lookups/accuracy.ts'
import type { AttemptOptions } from './lookups/attempts.ts'
import { dials } from './lookups/dials.ts'
import { hopKinds } from './lookups/hop-kinds.ts'
import { hops } from './lookups/hops.ts'
import { latency } from './lookups/latency.ts'
import { messages } from './lookups/messages.ts'
import { progress } from './lookups/progress.ts'
import { roundTrips } from './lookups/round-trip.ts'
import { success } from './lookups/success.ts'
import { termination } from './lookups/termination.ts'
import { trace } from './lookups/traced.ts'
import type { Observed } from './observed/observed.ts'
import { provides } from './records/provides.ts'
import { bucketFill } from './routing/bucket-fill.ts'
import { connectivity } from './routing/connectivity.ts'
import { degrees } from './routing/degree.ts'
import { neighbourhood } from './routing/neighbourhood.ts'
import { pathLengths } from './routing/path-lengths.ts'
import { stale } from './routing/stale.ts'
import { tablesAt } from './routing/tables.ts'

/** Which lookups and which routing tables the statistics are about. */
export interface StatisticsOptions extends AttemptOptions {
  /** Named moment of the routing tables; `end`, else the last one, unless said. */
  readonly snapshot?: string
}

/** All statistics of loaded runs, by entry of the analyses. */
export type Statistics = ReturnType<typeof statistics>

/** Every statistic that one call can give of loaded runs, by entry of the analyses: D about lookups of the measured phase, K5 about provides of it, R about routing tables. What the data does not hold has n 0 and null. */
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
    K5: provides(trace(data, { ...options, kind: 'provide' })),
    R1: bucketFill(tables),
    R4: stale(tables),
    R5: neighbourhood(tables),
    R6: degrees(tables),
    R7: connectivity(tables),
    R8: pathLengths(tables),
  }
}

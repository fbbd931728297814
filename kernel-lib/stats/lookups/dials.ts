import { meanSample } from '../sample/estimate.ts'
import { type Attempt, type Attempts, countedOf, onlyWhole } from './attempts.ts'
import { type ByClass, byClass } from './outcome-class.ts'

/** D8: new connections that lookups began, and why those failed that did. */
export interface Dials {
  /** Dials begun per lookup, for the lookups that succeeded, that failed, and all. */
  readonly begun: ByClass
  /** Failed dials of all lookups by cause; `cancelled` is ours and no fault of a peer. */
  readonly failed: Readonly<Record<string, number>>
  /** The same for the lookups that succeeded, that failed, and all. */
  readonly failedBy: ByClass<Readonly<Record<string, number>>>
  /** Failed dials of all lookups that were a peer's fault: all but `cancelled`. */
  readonly faults: number
}

/** D8: dials and dial failures. A lookup asks many peers over connections that it already had: these are no dials. */
export function dials(all: Attempts): Dials {
  const { ended } = onlyWhole(all)
  const begun = byClass(ended, (attempts, which) => {
    const name = `dials begun per lookup${which === 'all' ? '' : `, ${which}`}`
    const about = { name, entry: 'D8', definition: 'connections that the lookup began to open', unit: 'dials' }
    return meanSample(
      about,
      attempts.map((each) => ({ ...each, value: count(each, 'dial') })),
      countedOf(all, which),
    )
  })
  const failedBy = byClass(ended, causes)
  const failed = failedBy.all
  const failures = Object.values(failed).reduce((sum, each) => sum + each, 0)
  return {
    begun,
    failed,
    failedBy,
    faults: failures - (failed.cancelled ?? 0),
  }
}

function count({ events }: Attempt, event: string): number {
  return events.filter((each) => each.event === event).length
}

function causes(attempts: readonly Attempt[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { events } of attempts)
    for (const { event, cause } of events)
      if (event === 'dial-failed') counts[cause ?? 'other'] = (counts[cause ?? 'other'] ?? 0) + 1
  return counts
}

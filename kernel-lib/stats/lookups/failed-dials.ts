import { meanSample } from '../sample/estimate.ts'
import type { Sample } from '../sample/sample.ts'
import { type Attempt, type Attempts, countedOf, type EventRow, onlyWhole } from './attempts.ts'

/** What dials that fail cost a lookup; those that the asking node cancelled itself are left out, since nobody waited for them to the end. */
export interface FailedDials {
  /** D8: dials that failed, per lookup. */
  readonly count: Sample
  /** D9: time of a lookup during which at least one dial was under way that came to nothing. ms */
  readonly time: Sample
  /** D9: that time, of all lookups together, as a share of their durations; null where nothing took time. */
  readonly timeShare: number | null
}

/** D8 and D9 of all attempts: failed dials per lookup and the time spent in them. Dials under way at the same time are counted once in the time, so that it never exceeds the lookup's own. */
export function failedDials(all: Attempts): FailedDials {
  const { ended } = onlyWhole(all)
  const counted = countedOf(all, 'all')
  const spans = ended.map(({ events }) => failedSpans(events))
  const times = spans.map(covered)
  const durations = ended.reduce((sum, { start_ms, end_ms }) => sum + (end_ms - start_ms), 0)
  const placed = (values: readonly number[]) =>
    ended.map((each: Attempt, i) => ({ ...each, value: values[i] as number }))
  return {
    count: meanSample(about.count, placed(spans.map(({ length }) => length)), counted),
    time: meanSample(about.time, placed(times), counted),
    timeShare: durations > 0 ? times.reduce((sum, each) => sum + each, 0) / durations : null,
  }
}

const about = {
  count: {
    name: 'dials that failed per lookup',
    entry: 'D8',
    definition:
      'connections that the lookup began to open and that failed, without those that the asking node cancelled',
    unit: 'dials',
  },
  time: {
    name: 'time in dials that fail, per lookup',
    entry: 'D9',
    definition:
      'time during which at least one dial was under way that failed, without those that the asking node cancelled',
    unit: 'ms',
  },
}

type Span = readonly [from: number, to: number]

/** From each dial to its failure, in the order in which they failed. */
function failedSpans(events: readonly EventRow[]): Span[] {
  const begun = new Map<string, number>()
  return events.flatMap(({ event, peer, cause, ts_ms }): Span[] => {
    if (peer === null) return []
    if (event === 'dial') begun.set(peer, ts_ms)
    if (event !== 'dial-failed' || cause === 'cancelled') return []
    return [[begun.get(peer) ?? ts_ms, ts_ms]]
  })
}

/** Length of the union of spans. */
function covered(spans: readonly Span[]): number {
  let [sum, reached] = [0, Number.NEGATIVE_INFINITY]
  for (const [from, to] of [...spans].sort(([a], [b]) => a - b)) {
    sum += Math.max(0, to - Math.max(from, reached))
    reached = Math.max(reached, to)
  }
  return sum
}

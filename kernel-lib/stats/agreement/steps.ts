import type { Attempt } from '../lookups/attempts.ts'
import { onlyWhole } from '../lookups/attempts.ts'
import { requestsOf } from '../lookups/round-trip.ts'
import { trace } from '../lookups/traced.ts'
import type { Observed } from '../observed/observed.ts'
import { quantile } from '../sample/quantile.ts'
import { answerTrips, dialTrips, streamTrips } from './handshakes.ts'

/** How long a step of a lookup takes. */
export interface StepTimes {
  readonly n: number
  /** In round trips; null without any. */
  readonly p5: number | null
  readonly median: number | null
  readonly p95: number | null
}

/** A step of a lookup that waits for the network, and how many round trips the protocols need for it. */
export interface Step {
  readonly name: string
  readonly entry: string
  readonly roundTrips: number
  /** What they are. */
  readonly because: string
  readonly simulated: StepTimes
  readonly real: StepTimes
}

interface StepKind extends Pick<Step, 'name' | 'entry' | 'roundTrips' | 'because'> {
  durationsMs(attempt: Attempt): readonly number[]
}

/** Times of the steps of lookups, in round trips of `roundTripMs`. A dial that something else had begun before is not told apart; it takes less. */
export function steps(simulated: Observed, real: Observed, roundTripMs: number): readonly Step[] {
  return kinds.map(({ durationsMs, ...told }) => {
    const of = (data: Observed): StepTimes => {
      const took = onlyWhole(trace(data)).ended.flatMap((each) => durationsMs(each).map((ms) => ms / roundTripMs))
      return { n: took.length, p5: quantile(took, 0.05), median: quantile(took, 0.5), p95: quantile(took, 0.95) }
    }
    return { ...told, simulated: of(simulated), real: of(real) }
  })
}

const kinds: readonly StepKind[] = [
  {
    name: 'dial',
    entry: 'D8',
    roundTrips: dialTrips,
    because: 'SYN and its answer; the choice of noise; two of the three messages of noise, which name the muxer too',
    durationsMs: (attempt) => between(attempt, 'dial', 'dialed'),
  },
  {
    name: 'stream',
    entry: 'D10',
    roundTrips: streamTrips,
    because: 'the choice of the protocol on a stream of a connection that has just been opened',
    durationsMs: (attempt) => between(attempt, 'dialed', 'sent'),
  },
  {
    name: 'answer',
    entry: 'D10',
    roundTrips: answerTrips,
    because: 'the request and its answer',
    durationsMs: (attempt) => requestsOf(attempt).flatMap(({ end, value }) => (end === 'event' ? [value] : [])),
  },
]

/** Times from an event to the next of another kind that is about the same peer on the same path. */
function between({ events }: Attempt, from: string, to: string): readonly number[] {
  const begun = new Map<string, number>()
  return events.flatMap(({ event, path, peer, ts_ms }) => {
    const place = `${path}|${peer}`
    if (event === from) begun.set(place, ts_ms)
    const startMs = begun.get(place)
    if (event !== to || startMs === undefined) return []
    begun.delete(place)
    return [ts_ms - startMs]
  })
}

import type { Attempt } from '../lookups/attempts.ts'
import { answerTrips, dialTrips, streamTrips } from './handshakes.ts'

/** A request of a lookup that has ended, with what it waited for. */
interface Ended {
  readonly path: number
  readonly dialMs: number | null
  readonly dialedMs: number | null
  readonly sentMs: number
  readonly endMs: number
}

/**
 * How many round trips one after the other a lookup waited for: goes back from its last answer to the answer after which that request was
 * begun, and so on to the start, and adds what the protocols need for each request on the way. What else a lookup takes is the processor's.
 * A dial that something else had begun before counts the round trips that it still took. Null where no request was answered.
 */
export function roundTripsWaited(attempt: Attempt, roundTripMs: number): number | null {
  const ended = endedRequests(attempt)
  let at = latest(ended)
  let trips: number | null = null
  while (at !== null) {
    trips = (trips ?? 0) + tripsOf(at, roundTripMs)
    const { path, dialMs, sentMs } = at
    const begunMs = dialMs ?? sentMs - streamTrips * roundTripMs
    at = latest(ended.filter((each) => each.path === path && each.endMs <= begunMs + sameMs))
  }
  return trips
}

/** Events of one moment may be written a little apart. ms */
const sameMs = 0.5

function tripsOf({ dialMs, dialedMs }: Ended, roundTripMs: number): number {
  if (dialMs === null) return streamTrips + answerTrips
  const dialed = Math.floor(((dialedMs ?? dialMs) - dialMs + sameMs) / roundTripMs)
  return Math.min(dialTrips, dialed) + streamTrips + answerTrips
}

function latest(requests: readonly Ended[]): Ended | null {
  return requests.reduce<Ended | null>((last, each) => (last === null || each.endMs > last.endMs ? each : last), null)
}

function endedRequests({ events }: Attempt): Ended[] {
  const open = new Map<string, { dialMs: number | null; dialedMs: number | null; sentMs: number | null }>()
  return events.flatMap(({ event, path, peer, ts_ms }) => {
    if (path < 0 || peer === null) return []
    const place = `${path}|${peer}`
    const request = open.get(place) ?? { dialMs: null, dialedMs: null, sentMs: null }
    open.set(place, request)
    if (event === 'dial') request.dialMs = ts_ms
    else if (event === 'dialed') request.dialedMs = ts_ms
    else if (event === 'sent') request.sentMs = ts_ms
    if (event !== 'answered') return []
    open.delete(place)
    return [{ ...request, path, sentMs: request.sentMs ?? ts_ms, endMs: ts_ms }]
  })
}

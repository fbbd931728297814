import type { VirtualTime } from '../time/virtual-time.ts'
import { type End, fullBytes, type Parcel } from './end.ts'
import type { NetworkLog } from './log.ts'
import type { Paths } from './paths.ts'
import { firstRetryMs, giveUpMs, nextRetryMs } from './retry.ts'

/** One direction of a connection: carries parcels in order, later where the path is cut. */
export interface Wire {
  /** Sends parcels that were given at this moment. */
  send(parcels: readonly Parcel[]): void
}

/** What the wires of a network share. */
export interface WireGround {
  readonly time: VirtualTime
  readonly paths: Paths
  readonly log: NetworkLog
}

interface Flight {
  readonly parcel: Parcel
  arriveMs: number
}

/** Largest piece that travels as one, so that the first of a long message arrives before its last has left. Bytes. */
const pieceBytes = 64 * 1024

/** The direction from one end to the other. */
export function wireOf(from: End, to: End, { time, paths, log }: WireGround): Wire {
  const flights: Flight[] = []
  let lastMs = 0
  let stalledSinceMs: number | null = null

  function send(parcels: readonly Parcel[]): void {
    for (const parcel of pieces(parcels)) {
      const bytes = parcel.kind === 'data' ? parcel.bytes.byteLength : 0
      const flight = { parcel, arriveMs: arrival(bytes) }
      lastMs = flight.arriveMs
      flights.push(flight)
      if (stalledSinceMs !== null) continue
      if (paths.isCut(from.host, to.host)) stall()
      else time.after(flight.arriveMs - time.nowMs, () => arrive(flight))
    }
  }

  /** FIFO: TCP hands on nothing before what was sent earlier. */
  function arrival(bytes: number): number {
    const { host } = from
    const bps = paths.bandwidthBps(host)
    const departMs = Math.max(time.nowMs, host.freeMs) + (bps > 0 ? (bytes * 8000) / bps : 0)
    if (bps > 0) host.freeMs = departMs
    return Math.max(lastMs, departMs + paths.latencyMs(host, to.host) + paths.lossMs(host, to.host, bytes))
  }

  function arrive(flight: Flight): void {
    if (stalledSinceMs !== null || flights[0] !== flight) return
    if (paths.isCut(from.host, to.host)) stall()
    else {
      flights.shift()
      hand(flight.parcel)
    }
  }

  function hand(parcel: Parcel): void {
    if (parcel.kind !== 'data') {
      log.ended(parcel.kind, from, to)
      to.arrive(parcel, () => {})
    } else if (to.isClosed()) refuse()
    else {
      log.carried(from, to, parcel.bytes)
      to.arrive(parcel, () => taken(parcel.bytes.byteLength))
    }
  }

  /** The sender hears that there is room again one way later, as by an acknowledgement. */
  function taken(bytes: number): void {
    const full = from.unsentBytes > fullBytes
    from.unsentBytes -= bytes
    if (full && from.unsentBytes <= fullBytes) time.after(paths.latencyMs(to.host, from.host), from.drained)
  }

  /** A closed end answers data with a reset. */
  function refuse(): void {
    flights.length = 0
    time.after(paths.latencyMs(to.host, from.host), () => from.fail('ECONNRESET'))
  }

  function stall(): void {
    stalledSinceMs = time.nowMs
    retry(firstRetryMs(paths.latencyMs(from.host, to.host)))
  }

  function retry(waitMs: number): void {
    time.after(waitMs, () => tryAgain(waitMs))
  }

  function tryAgain(waitMs: number): void {
    if (stalledSinceMs === null || flights.length === 0) stalledSinceMs = null
    else if (!paths.isCut(from.host, to.host)) resume()
    else if (time.nowMs - stalledSinceMs >= giveUpMs) lose()
    else retry(nextRetryMs(waitMs))
  }

  /** Everything that waited goes at once. */
  function resume(): void {
    stalledSinceMs = null
    const waited = flights.splice(0)
    lastMs = time.nowMs
    send(waited.map(({ parcel }) => parcel))
  }

  function lose(): void {
    flights.length = 0
    stalledSinceMs = null
    from.fail('ETIMEDOUT')
  }

  return { send }
}

/** Data that was given at one moment travels together, as far as a piece goes. */
function pieces(parcels: readonly Parcel[]): readonly Parcel[] {
  const cut: Parcel[] = []
  let waiting: Uint8Array[] = []
  let size = 0
  const flush = (): void => {
    if (size > 0)
      cut.push({ kind: 'data', bytes: waiting.length === 1 ? (waiting[0] as Uint8Array) : joined(waiting, size) })
    waiting = []
    size = 0
  }
  for (const parcel of parcels) {
    if (parcel.kind !== 'data') {
      flush()
      cut.push(parcel)
      continue
    }
    for (let at = 0; at < parcel.bytes.byteLength; at += pieceBytes) {
      const bytes = parcel.bytes.byteLength <= pieceBytes ? parcel.bytes : parcel.bytes.subarray(at, at + pieceBytes)
      if (size + bytes.byteLength > pieceBytes) flush()
      waiting.push(bytes)
      size += bytes.byteLength
    }
  }
  flush()
  return cut
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.byteLength
  }
  return all
}

import type { StreamHandlers } from '@hoplab/sdk'
import { lostError } from './errors.ts'
import type { HeldEnd, Host } from './host.ts'

/** What travels on a connection. */
export type Parcel =
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }
  | { readonly kind: 'reset' }

/** One end of a connection: what its instance sees of it as a ByteStream, and what the wire sees. */
export interface End extends HeldEnd {
  readonly connection: number
  readonly host: Host
  /** Bytes that its instance gave and that the other end's instance has not taken yet. */
  unsentBytes: number
  /** Whether its instance neither sends nor hears on it any more. */
  readonly isClosed: () => boolean
  /** Takes what was given to be sent since the last time, in order. */
  take(): readonly Parcel[]
  /** Something arrived; `taken` is called when its instance has taken it, or never will. */
  arrive(parcel: Parcel, taken: () => void): void
  /** The wire carried so much that more may be given. */
  drained(): void
  /** The connection is lost: its instance is told by an error. */
  fail(code: string): void
}

/** What an end needs of the wire. */
export interface EndPlace {
  readonly connection: number
  readonly host: Host
  readonly remote: { readonly host: string; readonly port: number }
  /** Called when there is something to take, or nothing will ever be again. */
  readonly wake: (end: End) => void
}

/** More than this unsent, and `send` says to wait. Bytes. */
export const fullBytes = 1 << 20

/** An end that is open and has no handlers yet. */
export function openEnd({ connection, host, remote, wake }: EndPlace): End {
  let handlers: StreamHandlers | null = null
  let closed = false
  let paused = false
  let wantsDrain = false
  let given: Parcel[] = []
  let lost: Error | null = null
  let arrived: { readonly parcel: Parcel; readonly taken: () => void }[] = []

  function give(parcel: Parcel): void {
    given.push(parcel)
    wake(end)
  }

  function close(): void {
    closed = true
    host.ends.delete(end)
    const untaken = arrived
    arrived = []
    for (const { taken } of untaken) taken()
    wake(end)
  }

  function deliver(): void {
    while (arrived.length > 0 && !paused && handlers !== null && !closed) {
      const { parcel, taken } = arrived.shift() as (typeof arrived)[number]
      taken()
      if (parcel.kind === 'data') handlers.data(parcel.bytes)
      else {
        close()
        handlers.ended()
      }
    }
  }

  /** Whoever has no handlers yet is told when it has. */
  function fail(code: string): void {
    if (closed) return
    close()
    given = []
    lost = lostError(code, remote)
    handlers?.failed(lost)
  }

  const end: End = {
    connection,
    host,
    unsentBytes: 0,
    isClosed: () => closed,
    take() {
      const taken = given
      given = []
      return taken
    },
    arrive(parcel, taken) {
      if (parcel.kind === 'reset') return fail('ECONNRESET')
      arrived.push({ parcel, taken })
      deliver()
    },
    drained() {
      if (!wantsDrain || closed) return
      wantsDrain = false
      handlers?.drain()
    },
    fail,
    vanish: () => {
      close()
      given = []
    },
    stream: {
      remote,
      open(taken) {
        handlers = taken
        if (lost === null) deliver()
        else queueMicrotask(taken.failed.bind(taken, lost))
      },
      send(bytes) {
        if (closed) return false
        end.unsentBytes += bytes.byteLength
        // A copy: the caller may use its bytes again, as with a socket.
        give({ kind: 'data', bytes: new Uint8Array(bytes) })
        wantsDrain ||= end.unsentBytes > fullBytes
        return !wantsDrain
      },
      close() {
        if (closed) return
        close()
        give({ kind: 'end' })
      },
      reset() {
        if (closed) return
        close()
        given = []
        give({ kind: 'reset' })
      },
      pause: () => {
        paused = true
      },
      resume() {
        paused = false
        deliver()
      },
    },
  }
  host.ends.add(end)
  return end
}

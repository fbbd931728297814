import type { Clock, LinkShape, LinkStream } from '@hoplab/sdk'
import type { Uint8ArrayList } from 'uint8arraylist'

/** Bytes of one connection that are under way. */
export interface Pipe {
  /** Takes from the front of `bytes` what there is room for; returns how many. */
  take(bytes: Uint8ArrayList): number
  /** Whether nothing can be taken until `hasRoom` is called. */
  full(): boolean
  /** Takes the end, which arrives after all that was taken before; not at all after `drop`. */
  end(arrived: () => void): void
  /** Forgets what is under way. */
  drop(): void
}

/** The two ends of a pipe. */
export interface PipeEnds {
  /** Given bytes as they arrive; false when it is to be given no more until `passable` resolves. */
  pass(bytes: Uint8ArrayList): boolean
  passable(): Promise<void>
  hasRoom(): void
  /** Bytes could not be passed on. */
  failed(error: Error): void
}

/** A piece of what is sent. */
interface Piece {
  readonly bytes: Uint8ArrayList | null
  readonly arriveMs: number
  /** Called when it was passed on. */
  readonly passed: () => void
}

/** Larger pieces would make the other connections of the instance wait longer for their turn. Bytes. */
const pieceBytes = 16 * 1024
/** What a pipe may hold: as much as Linux's largest TCP buffer where the link's rate does not say less. Bytes. */
const mostBytes = 4 * 1024 ** 2
const leastBytes = 64 * 1024
/** What may wait to leave, beside what is on its way: enough for late timers not to let the link run empty. ms. */
const waitingMs = 50

/** Bytes that a connection may have under way, not arrived yet: more is told to wait. */
export function roomBytes({ latencyMs, jitterMs, bandwidthBps }: LinkShape): number {
  if (bandwidthBps === 0) return mostBytes
  const filled = Math.ceil((bandwidthBps / 8000) * (latencyMs + jitterMs + waitingMs))
  return Math.min(mostBytes, Math.max(leastBytes, filled))
}

/** Carries bytes from `take` to `pass` through a stream of a link, in order, never early; late by what the process's timers are. */
export function pipe(
  ends: PipeEnds,
  { link, clock, stream }: { readonly link: LinkShape; readonly clock: Clock; readonly stream: LinkStream },
): Pipe {
  const room = roomBytes(link)
  const dropped = new AbortController()
  const { signal } = dropped
  const pieces: Piece[] = []
  let heldBytes = 0
  let told = false
  let running = false

  function put(bytes: Uint8ArrayList | null, passed: () => void): void {
    pieces.push({ bytes, passed, arriveMs: stream.send(bytes?.byteLength ?? 0).arriveMs })
    heldBytes += bytes?.byteLength ?? 0
    if (running) return
    running = true
    carry().catch((error) => {
      if (!signal.aborted) ends.failed(error)
    })
  }

  async function carry(): Promise<void> {
    for (let next = pieces[0]; next !== undefined && !signal.aborted; next = pieces[0]) {
      const waitMs = next.arriveMs - clock.now()
      if (waitMs > 0) await clock.sleep(Math.ceil(waitMs), { signal })
      else await arrive(next)
    }
    running = false
  }

  async function arrive({ bytes, passed }: Piece): Promise<void> {
    pieces.shift()
    heldBytes -= bytes?.byteLength ?? 0
    const more = bytes === null || ends.pass(bytes)
    passed()
    if (!more) await ends.passable()
    if (!told || heldBytes >= room) return
    told = false
    ends.hasRoom()
  }

  return {
    take(bytes) {
      const taken = Math.min(bytes.byteLength, Math.max(0, room - heldBytes))
      for (let at = 0; at < taken; at += pieceBytes) put(bytes.sublist(at, Math.min(taken, at + pieceBytes)), () => {})
      return taken
    },
    full() {
      told = heldBytes >= room
      return told
    },
    end: (arrived) => put(null, arrived),
    drop() {
      dropped.abort()
      pieces.length = 0
    },
  }
}

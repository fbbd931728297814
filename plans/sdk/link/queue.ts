import type { Clock } from '../clock.ts'
import type { LinkShape } from '../env.ts'
import type { Random } from '../random.ts'

/** When bytes are on their way, in milliseconds of the link's clock. */
export interface Passage {
  /** The last of them has left the sender. */
  readonly departMs: number
  /** The last of them is there; never before what the same stream sent earlier. */
  readonly arriveMs: number
}

/** What one connection sends over a link: it keeps its order. */
export interface LinkStream {
  /** Puts bytes (0 for a packet without any, as a SYN or FIN is) at the end of the link's queue. */
  send(bytes: number): Passage
}

/** What one instance sends: all its streams wait in one queue and leave at the link's rate. */
export interface LinkQueue {
  /** Begins a stream; streams may overtake each other on the way, not in the queue. */
  stream(): LinkStream
}

/**
 * The schedule of a link. What is sent leaves when all that was sent before has left, takes `bytes` × 8 ÷ `bandwidthBps` for it, and arrives
 * later by a time drawn uniformly from `latencyMs` ± `jitterMs`, never under 0; what would overtake its own stream arrives with what it
 * would have overtaken. It holds no bytes, waits for nothing and draws once a `send`, only where there is a jitter.
 *
 * @param random Stream of draws of this link alone.
 */
export function linkQueue(
  { latencyMs, jitterMs, bandwidthBps }: LinkShape,
  random: Pick<Random, 'float'>,
  { now }: Pick<Clock, 'now'>,
): LinkQueue {
  const msPerByte = bandwidthBps > 0 ? 8000 / bandwidthBps : 0
  let departMs = Number.NEGATIVE_INFINITY

  function delayMs(): number {
    return jitterMs > 0 ? Math.max(0, latencyMs + (2 * random.float() - 1) * jitterMs) : latencyMs
  }

  function stream(): LinkStream {
    let arriveMs = Number.NEGATIVE_INFINITY
    return {
      send(bytes) {
        departMs = Math.max(departMs, now()) + bytes * msPerByte
        arriveMs = Math.max(arriveMs, departMs + delayMs())
        return { departMs, arriveMs }
      },
    }
  }

  return { stream }
}

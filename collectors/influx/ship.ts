import type { InfluxAddress } from './address.ts'
import { bell } from './bell.ts'
import { doorOf } from './door.ts'
import type { Shipped } from './shipped.ts'
import type { Segment, Spool } from './spool.ts'

/** Sends what waits in spools, oldest first, one file at a time, until it is closed. */
export interface Shipping {
  /** Something was appended. */
  wake(): void
  /** From now on nothing is gathered: what waits is sent at once. */
  hurry(): void
  /** Resolves when the server took or refused something, or will take nothing more. */
  change(): Promise<void>
  /** Whether the server will take nothing more of us. */
  ended(): boolean
  shipped(): Shipped
  close(): Promise<void>
}

/** Lines that come within this time are sent together. */
const gatherMs = 250
const leastBackOffMs = 250
const mostBackOffMs = 5000
/** Beyond these problems, more of the same kind teach nothing. */
const mostProblems = 10

export function shipping(spools: readonly Spool[], address: InfluxAddress): Shipping {
  const problems = new Set<string>()
  const woken = bell()
  const changed = bell()
  const closing = bell()
  const door = doorOf(address)
  let [taken, refused, standsInTheWay] = [0, 0, '']
  let [over, ended, hurried] = [false, false, false]

  /** Sends one file, as often as it takes. */
  async function settle(spool: Spool, segment: Segment): Promise<void> {
    const lines = segment.lines()
    for (let waitMs = leastBackOffMs; !over; waitMs = Math.min(waitMs * 2, mostBackOffMs)) {
      const sent = await door.deliver(lines)
      standsInTheWay = sent.kind === 'taken' || sent.kind === 'refused' ? '' : sent.problem
      if (sent.kind === 'away') {
        // What answers after an outage may be another server.
        door.forget()
        await closing.rung(Math.max(waitMs, sent.afterMs))
        continue
      }
      if (sent.kind === 'taken') taken += lines.length
      if (sent.kind === 'refused') refused += lines.length
      if (sent.kind === 'refused' && problems.size < mostProblems) problems.add(sent.problem)
      if (sent.kind === 'taken') spool.remove(segment)
      else if (sent.kind === 'refused') spool.refuse(segment)
      else ended = true
      return changed.ring()
    }
  }

  function oldest(): readonly [Spool, Segment] | null {
    for (const spool of spools) {
      const segment = spool.oldest()
      if (segment !== null) return [spool, segment]
    }
    return null
  }

  async function loop(): Promise<void> {
    while (!over && !ended) {
      const found = oldest()
      if (found !== null) await settle(...found)
      else {
        await woken.rung(Number.POSITIVE_INFINITY)
        if (!hurried) await closing.rung(gatherMs)
      }
    }
  }

  const looped = loop()
  return {
    wake: woken.ring,
    hurry() {
      hurried = true
      closing.ring()
      woken.ring()
    },
    change: () => changed.rung(Number.POSITIVE_INFINITY),
    ended: () => ended,
    shipped: () => ({
      taken,
      refused,
      problems: [...problems],
      waitingBytes: spools.reduce((sum, spool) => sum + spool.bytes(), 0),
      standsInTheWay,
      server: door.server(),
    }),
    async close() {
      over = true
      closing.ring()
      woken.ring()
      await looped
      changed.ring()
    },
  }
}

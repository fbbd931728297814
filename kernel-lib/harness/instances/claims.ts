import type { PlanEvent } from '../harness.ts'
import { outcomeOf } from '../output/events.ts'
import type { Witness } from './witness.ts'

/** Outcomes that were published without an instance's name, as SDKs do that write to Redis: what they name is a group. */
export interface Claims {
  published(event: PlanEvent): void
  /** Gives up what nobody has claimed. */
  close(): void
}

const everyMs = 20
const tries = 50

/**
 * Gives each such outcome to one instance: the only one of its group, else one that printed the same and published it not yet.
 * Which of several that printed the same does not matter, and an outcome is given once; one that nobody printed within a second tells nothing of anybody.
 */
export function claims(witnesses: readonly Witness[], give: (one: Witness, event: PlanEvent) => void): Claims {
  const waiting = new Map<PlanEvent, number>()
  const look = setInterval(() => {
    for (const [event, tried] of waiting)
      if (claim(event) || tried + 1 >= tries) waiting.delete(event)
      else waiting.set(event, tried + 1)
  }, everyMs).unref()

  function claim(event: PlanEvent): boolean {
    const { group } = Object.values(event)[0] ?? {}
    const all = witnesses.filter(({ instance }) => instance.group === group)
    const [only, ...others] = all
    const one = others.length === 0 ? only : all.find((witness) => witness.printedOnly(event))
    if (one !== undefined) give(one, event)
    return one !== undefined
  }

  return {
    published(event) {
      if (outcomeOf(event) !== null && !claim(event)) waiting.set(event, 0)
    },
    close: () => clearInterval(look),
  }
}

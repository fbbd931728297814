import { isRunEvent, type RunEvent, whoOfEvent } from './events.ts'
import { follow } from './follow.ts'
import type { SyncStore } from './store.ts'
import type { Who } from './who.ts'

/** The topic of a run's events. */
export interface EventTopic {
  /** Appends an event of a client of the service and tells of it; resolves to its 1-based position. */
  publish(who: Who | null, event: RunEvent): Promise<number>
  /** Tells of events that others wrote to a shared store, in order, each once, until aborted or the store is gone; what is no event is passed over. */
  hearOthers(signal: AbortSignal): Promise<void>
}

interface EventTopicOptions {
  readonly key: string
  readonly instances: readonly Who[]
  tell(who: Who | null, event: RunEvent): void
}

/** The events of a run in a store. */
export function eventTopic(store: SyncStore, { key, instances, tell }: EventTopicOptions): EventTopic {
  const positions = new Set<number>()
  const underWay = new Set<Promise<void>>()

  function note(appended: Promise<number>): void {
    const noted = appended
      .then((position) => {
        positions.add(position)
      })
      .catch(() => {})
      .finally(() => underWay.delete(noted))
    underWay.add(noted)
  }

  return {
    async publish(who, event) {
      const appended = store.append(key, JSON.stringify(event))
      if (store.shared) note(appended)
      const position = await appended
      tell(who ?? whoOfEvent(event, instances), event)
      return position
    },
    async hearOthers(signal) {
      if (!store.shared) return
      let position = 0
      const deliver = async (text: string): Promise<void> => {
        position++
        // An entry can be read back before its own append was answered.
        await Promise.all(underWay)
        if (positions.delete(position)) return
        const event = parsed(text)
        if (isRunEvent(event)) tell(whoOfEvent(event, instances), event)
      }
      await follow(store, key, { deliver, signal }).catch(() => {})
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

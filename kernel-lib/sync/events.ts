import { isObject } from './request.ts'
import type { Who } from './who.ts'

/** An event of an instance as Testground's SDKs write it: `{ success_event: { group } }`. */
export type RunEvent = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Told of every event of the run; `who` is null where neither the connection nor the event named an instance. */
export type RunEventListener = (who: Who | null, event: RunEvent) => void

/** Whether a payload is an event: one name, and an object under it. */
export function isRunEvent(payload: unknown): payload is RunEvent {
  return isObject(payload) && Object.keys(payload).length === 1 && Object.values(payload).every(isObject)
}

/** The instance that an event names in its body (`group` and `instance`, as our sdk writes them), or null. */
export function whoOfEvent(event: RunEvent, instances: readonly Who[]): Who | null {
  const { group, instance } = Object.values(event)[0] ?? {}
  return instances.find((who) => who.group === group && who.index === instance) ?? null
}

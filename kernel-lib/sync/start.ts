import { runKeys } from '@hoplab/sdk'
import { type Barriers, barriers } from './barriers.ts'
import { type Operations, serve } from './connection.ts'
import { type Client, type Door, openDoor } from './door.ts'
import { type EventTopic, eventTopic } from './event-topic.ts'
import { isRunEvent, type RunEventListener } from './events.ts'
import { follow } from './follow.ts'
import { ledger } from './ledger.ts'
import { type Listen, listenOn } from './listen.ts'
import { memoryStore } from './memory.ts'
import type { SyncStore } from './store.ts'
import type { Fallen, Waiting } from './waiting.ts'
import { type Who, whoOfPath } from './who.ts'

/** What a sync service is started for. */
export interface SyncOptions {
  readonly run: string
  /** Plan and case as the instances' TEST_PLAN and TEST_CASE give them. */
  readonly plan: string
  readonly case: string
  readonly instances: readonly Who[]
  /** A barrier that is not met after this long is answered with an error that says who is missing. */
  readonly barrierTimeoutMs: number
  /** Where it listens. Default: on the loopback address. */
  readonly listen?: Listen
  /** Default: in memory. */
  readonly store?: SyncStore
}

/** The sync service of one run: Testground's WebSocket protocol on one address of this machine. */
export interface SyncService {
  /** Opens a listener. What connects through an instance's own door is that instance; through the common one (`null`), the instance that its URL path `/<group>/<index>` names. Asking again gives the same door. */
  door(who: Who | null): Promise<{ readonly host: string; readonly port: number }>
  /** Calls `listener` with each event that instances publish, in order; returns how to stop. */
  onEvent(listener: RunEventListener): () => void
  /** Tells that an instance ended by itself and not in success, so that nobody waits for it in vain. */
  fell(fallen: Fallen): void
  /** Signals a state, by its name in the program, for an instance. */
  signal(who: Who, state: string): Promise<void>
  /** Hands what is published on a topic, by its name in the program, to `deliver`: from the first, in order, each once, waiting for its promise. Returns when aborted; rejects once the store is gone. */
  follow(topic: string, deliver: (payload: unknown) => Promise<void>, signal: AbortSignal): Promise<void>
  /** Answers whoever waits for a state, by its name in the program, now or later, with an error that says why. False where programs may read the store past the service, and would wait on. */
  fail(state: string, why: string): boolean
  /** Who waits for which barrier now. */
  waiting(): readonly Waiting[]
  /** Barriers that were given up, late or because they could no longer be met. A foreign SDK may pass over the error, so an instance named here cannot be trusted to have succeeded. */
  givenUp(): readonly Waiting[]
  /** Why the store is gone, or null: from then on nothing that instances ask can be done, and what they told may not have arrived. */
  lost(): string | null
  /** Ends every connection and forgets the run. */
  close(): Promise<void>
}

/** Starts the sync service of a run; it listens once a door is asked for. */
export function startSync(options: SyncOptions): SyncService {
  const { instances, listen = listenOn('127.0.0.1') } = options
  const store = options.store ?? memoryStore()
  const listeners = new Set<RunEventListener>()
  const signals = ledger(instances)
  const waits = barriers(store, signals, { instanceCount: instances.length, timeoutMs: options.barrierTimeoutMs })
  const keys = runKeys(options.run, options.plan, options.case)
  const events = eventTopic(store, {
    key: keys.events,
    instances,
    tell: (who, event) => {
      for (const listener of listeners) listener(who, event)
    },
  })
  const operations = runOperations({ options, store, waits, note: signals.note, events })
  const doors = new Map<string, Promise<Door>>()
  const closing = new AbortController()
  const others = events.hearOthers(closing.signal)

  return {
    door(who) {
      const key = JSON.stringify([who?.group, who?.index])
      const accept = (client: Client): void => serve(client, who ?? whoOfPath(client.path, instances), operations)
      const door = doors.get(key) ?? openDoor(accept, listen)
      doors.set(key, door)
      return door.then(({ host, port }) => ({ host, port }))
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    fell: waits.fell,
    async signal(who, state) {
      await operations.signal(who, keys.state(state))
    },
    follow: (topic, deliver, signal) =>
      follow(store, keys.topic(topic), { deliver: (text) => deliver(JSON.parse(text)), signal }),
    fail(state, why) {
      waits.fail(keys.state(state), why)
      return !store.shared
    },
    waiting: waits.waiting,
    givenUp: waits.givenUp,
    lost: () => (store.gone.aborted ? (store.gone.reason as Error).message : null),
    async close() {
      const open = await Promise.allSettled(doors.values())
      await Promise.all(open.map((door) => (door.status === 'fulfilled' ? door.value.close() : undefined)))
      closing.abort()
      await others
      await store.close()
    },
  }
}

interface Parts {
  readonly options: SyncOptions
  readonly store: SyncStore
  readonly waits: Barriers
  readonly note: (state: string, who: Who | null) => void
  readonly events: EventTopic
}

function runOperations({ options, store, waits, note, events }: Parts): Operations {
  const keys = runKeys(options.run, options.plan, options.case)

  function own(key: string): string {
    if (key.startsWith(keys.prefix)) return key
    throw new Error(`key "${key.slice(0, 200)}" is not of this run; its keys begin with "${keys.prefix}"`)
  }

  return {
    publish(who, topic, payload) {
      const text = JSON.stringify(payload)
      if (own(topic) !== keys.events) return store.append(topic, text)
      if (!isRunEvent(payload))
        throw new Error(
          `${text.slice(0, 200)} is no event; write {"<kind>_event": {…}}, as in {"message_event": {"message": "…"}}`,
        )
      return events.publish(who, payload)
    },
    signal(who, state) {
      note(own(state), who)
      return store.signal(state)
    },
    barrier(who, { state, target }) {
      const name = own(state)
        .slice(keys.prefix.length)
        .replace(/^states:/, '')
      return waits.wait({ key: state, state: name, target, who })
    },
    subscribe(topic, deliver) {
      const stop = new AbortController()
      return { done: follow(store, own(topic), { deliver, signal: stop.signal }), cancel: () => stop.abort() }
    },
  }
}

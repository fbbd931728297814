import type { Sync } from '../env.ts'
import { openSocket, type SyncSocket } from './socket.ts'
import { stream } from './stream.ts'
import type { RunKeys, SyncRequest, SyncResponse } from './wire.ts'

/** A Sync over Testground's WebSocket protocol, which can also tell the run's events. */
export interface SyncClient extends Sync {
  /** Publishes an event to whoever watches the run. */
  signalEvent(event: unknown): Promise<number>
}

/** Where the sync service is and whose keys are meant. */
export interface SyncAddress {
  readonly host: string
  readonly port: number
  /** Says who connects: `/<group>/<index>`. Ours reads it, others ignore it. */
  readonly path: string
  readonly keys: RunKeys
}

/** Connects to a sync service. It does not reconnect: what is pending when the connection ends rejects with a SyncError of kind `closed`, what the service refuses with one of kind `refused`. */
export async function connectSync(
  { host, port, path, keys }: SyncAddress,
  options: { signal?: AbortSignal } = {},
): Promise<SyncClient> {
  const socket = await openSocket(`ws://${host}:${port}${path}`, options)
  const publish = (topic: string, payload: unknown): Promise<number> =>
    once(socket, { publish: { topic, payload } }).then((response) => response.publish?.seq ?? 0)
  return {
    async signal(state) {
      const response = await once(socket, { signal_entry: { state: keys.state(state) } })
      return response.signal_entry?.seq ?? 0
    },
    async barrier(state, target, { signal } = {}) {
      await once(socket, { barrier: { state: keys.state(state), target } }, signal)
    },
    publish: (topic, payload) => publish(keys.topic(topic), payload),
    subscribe: (topic, { signal } = {}) => follow(socket, keys.topic(topic), signal),
    signalEvent: (event) => publish(keys.events, event),
    close: () => socket.close(),
  }
}

function once(socket: SyncSocket, operation: Omit<SyncRequest, 'id'>, signal?: AbortSignal): Promise<SyncResponse> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const abort = (): void => {
      socket.forget(id, { cancel: true })
      reject(signal?.reason)
    }
    const done = (): void => signal?.removeEventListener('abort', abort)
    const id = socket.send(operation, {
      answer(response) {
        socket.forget(id, { cancel: false })
        done()
        resolve(response)
      },
      fail(error) {
        done()
        reject(error)
      },
    })
    signal?.addEventListener('abort', abort, { once: true })
  })
}

function follow(socket: SyncSocket, topic: string, signal: AbortSignal | undefined): AsyncIterableIterator<unknown> {
  const leave = (): void => {
    signal?.removeEventListener('abort', abort)
    socket.forget(id, { cancel: true })
  }
  const payloads = stream<unknown>(leave)
  const abort = (): void => {
    leave()
    payloads.end(signal?.reason)
  }
  const id = socket.send(
    { subscribe: { topic } },
    {
      answer: (response) => payloads.push(JSON.parse(response.subscribe)),
      fail(error) {
        signal?.removeEventListener('abort', abort)
        payloads.end(error)
      },
    },
  )
  if (signal?.aborted) abort()
  else signal?.addEventListener('abort', abort, { once: true })
  return payloads
}

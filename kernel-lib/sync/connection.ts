import type { SyncRequest, SyncResponse } from '@hoplab/sdk'
import type { WebSocket } from 'ws'
import { parseRequest } from './request.ts'
import type { Who } from './who.ts'

/** What a connection can ask of its run. A rejection's message is answered as `error`. */
export interface Operations {
  publish(who: Who | null, topic: string, payload: unknown): Promise<number>
  signal(who: Who | null, state: string): Promise<number>
  barrier(who: Who | null, wanted: { state: string; target: number }, signal: AbortSignal): Promise<void>
  /** Delivers a topic until aborted; a promise from `deliver` holds back this subscriber alone. */
  subscribe(topic: string, deliver: (text: string) => Promise<void> | undefined, signal: AbortSignal): Promise<void>
}

/** Bytes that may wait in one socket before its subscriptions pause. */
const highWaterBytes = 1 << 20

/** Serves one client until its connection ends. */
export function serve(socket: WebSocket, who: Who | null, operations: Operations): void {
  const active = new Map<string, AbortController>()

  function send({ id, ...rest }: Partial<SyncResponse> & { id: string }): Promise<void> | undefined {
    const frame = { id, error: '', publish: null, subscribe: '', signal_entry: null, ...rest }
    const text = `${JSON.stringify(frame)}\n`
    if (socket.bufferedAmount < highWaterBytes) {
      socket.send(text, () => {})
      return undefined
    }
    return new Promise((resolve) => socket.send(text, () => resolve()))
  }

  async function perform(request: SyncRequest, signal: AbortSignal): Promise<void> {
    const { id, publish, subscribe, barrier, signal_entry } = request
    if (publish) send({ id, publish: { seq: await operations.publish(who, publish.topic, publish.payload ?? null) } })
    else if (signal_entry) send({ id, signal_entry: { seq: await operations.signal(who, signal_entry.state) } })
    else if (subscribe) await operations.subscribe(subscribe.topic, (text) => send({ id, subscribe: text }), signal)
    else if (barrier) {
      await operations.barrier(who, barrier, signal)
      send({ id })
    }
  }

  function accept(request: SyncRequest): void {
    const { id } = request
    if (request.is_cancel === true) {
      active.get(id)?.abort()
      return
    }
    if (active.has(id)) {
      send({ id, error: `id "${id}" is still in use on this connection; write another` })
      return
    }
    const controller = new AbortController()
    active.set(id, controller)
    perform(request, controller.signal)
      .catch((error: Error) => send({ id, error: error.message }))
      .finally(() => active.delete(id))
  }

  socket.on('message', (data) => {
    const parsed = parseRequest(String(data))
    if (parsed.request === null) send({ id: parsed.id, error: parsed.error })
    else accept(parsed.request)
  })
  socket.on('error', () => {
    // A broken or oversized frame: `close` follows.
  })
  socket.on('close', () => {
    for (const controller of active.values()) controller.abort()
  })
}

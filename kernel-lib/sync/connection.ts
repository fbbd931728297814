import type { SyncRequest } from '@hoplab/sdk'
import { answerText, type Parts } from './answer.ts'
import type { Client } from './door.ts'
import { textFrame } from './frame.ts'
import { gathering } from './gather.ts'
import type { Pending } from './pending.ts'
import { parseRequest } from './request.ts'
import type { Who } from './who.ts'

/** What a connection can ask of its run. What one throws or rejects with, as for a key that is not of the run, is answered as `error`. */
export interface Operations {
  publish(who: Who | null, topic: string, payload: unknown): Promise<number>
  signal(who: Who | null, state: string): Promise<number>
  barrier(who: Who | null, wanted: { state: string; target: number }): Pending
  /** Delivers a topic until canceled; a promise from `deliver` holds back this subscriber alone. */
  subscribe(topic: string, deliver: (text: string) => Promise<void> | undefined): Pending
}

/** Bytes that may wait in one socket before its subscriptions pause. */
const highWaterBytes = 1 << 20

/** Serves one client until its connection ends. */
export function serve({ socket, tcp }: Client, who: Who | null, operations: Operations): void {
  /** How to cancel what was not answered yet, by id. */
  const active = new Map<string, () => void>()
  const gather = gathering(tcp)

  function send(id: string, parts: Parts): Promise<void> | undefined {
    if (socket.readyState !== socket.OPEN) return undefined
    const frame = textFrame(answerText(id, parts))
    gather()
    if (tcp.writableLength < highWaterBytes) {
      tcp.write(frame)
      return undefined
    }
    return new Promise((resolve) => tcp.write(frame, () => resolve()))
  }

  function lasting(id: string, { done, cancel }: Pending): Promise<void> {
    active.set(id, cancel)
    return done
  }

  async function perform({ id, publish, subscribe, barrier, signal_entry }: SyncRequest): Promise<void> {
    active.set(id, nothing)
    try {
      if (publish) send(id, { publish: { seq: await operations.publish(who, publish.topic, publish.payload ?? null) } })
      else if (signal_entry) send(id, { signal_entry: { seq: await operations.signal(who, signal_entry.state) } })
      else if (subscribe)
        await lasting(
          id,
          operations.subscribe(subscribe.topic, (text) => send(id, { subscribe: text })),
        )
      else if (barrier) {
        await lasting(id, operations.barrier(who, barrier))
        send(id, {})
      }
    } catch (error) {
      send(id, { error: (error as Error).message })
    } finally {
      active.delete(id)
    }
  }

  function accept(request: SyncRequest): void {
    const { id } = request
    if (request.is_cancel === true) active.get(id)?.()
    else if (active.has(id)) send(id, { error: `id "${id}" is still in use on this connection; write another` })
    else perform(request)
  }

  socket.on('message', (data) => {
    const parsed = parseRequest(String(data))
    if (parsed.request === null) send(parsed.id, { error: parsed.error })
    else accept(parsed.request)
  })
  socket.on('error', () => {
    // A broken or oversized frame: `close` follows.
  })
  socket.on('close', () => {
    for (const cancel of active.values()) cancel()
  })
}

const nothing = (): void => {}

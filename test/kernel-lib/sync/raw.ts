import { WebSocket } from 'ws'
import type { SyncResponse } from '../../../plans/sdk/sync/wire.ts'

/** A client that writes frames itself, for what no SDK would send. */
export interface RawClient {
  readonly socket: WebSocket
  /** Every frame received, as it came. */
  readonly frames: readonly string[]
  send(frame: unknown): void
  /** The answers to an id, once there are `count` of them. */
  answers(id: string, count?: number): Promise<SyncResponse[]>
  close(): Promise<void>
}

/** Connects to a door. */
export async function rawClient({ host, port }: { host: string; port: number }, path = '/'): Promise<RawClient> {
  const socket = new WebSocket(`ws://${host}:${port}${path}`)
  const frames: string[] = []
  const byId = new Map<string, SyncResponse[]>()
  const waiters = new Set<() => void>()
  socket.on('message', (data) => {
    frames.push(String(data))
    const response = JSON.parse(String(data)) as SyncResponse
    byId.set(response.id, [...(byId.get(response.id) ?? []), response])
    for (const wake of waiters) wake()
    waiters.clear()
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return {
    socket,
    frames,
    send: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    async answers(id, count = 1) {
      while ((byId.get(id)?.length ?? 0) < count) await new Promise<void>((resolve) => waiters.add(resolve))
      return byId.get(id) as SyncResponse[]
    },
    async close() {
      socket.close()
      await new Promise((resolve) => socket.once('close', resolve))
    },
  }
}

/** Waits until something is so; for what another connection must first have done. */
export async function until(so: () => boolean): Promise<void> {
  while (!so()) await new Promise((resolve) => setTimeout(resolve, 2))
}

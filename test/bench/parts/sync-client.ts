import { WebSocket } from 'ws'
import type { SyncRequest, SyncResponse } from '../../../plans/sdk/sync/wire.ts'

/** A client that does as little as the protocol allows, so that the service is what is measured. */
export interface BenchClient {
  signal(state: string): Promise<number>
  barrier(state: string, target: number): Promise<void>
  publish(topic: string, payload: unknown): Promise<number>
  /** `hear` gets each JSON text of the topic. Rejects when the service answers with an error, and never resolves. */
  subscribe(topic: string, hear: (text: string) => void): Promise<never>
  close(): void
}

/** Connects as an instance of group `g`. Requests reject when the service answers with an error. */
export async function benchClient(port: number, index: number): Promise<BenchClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/g/${index}`, { perMessageDeflate: false })
  const pending = new Map<string, (response: SyncResponse) => void>()
  let next = 0
  socket.on('message', (data) => {
    const response = JSON.parse(String(data)) as SyncResponse
    pending.get(response.id)?.(response)
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))

  function send(operation: Omit<SyncRequest, 'id'>, answer: (response: SyncResponse) => void): string {
    const id = String(next++)
    pending.set(id, answer)
    socket.send(JSON.stringify({ id, ...operation }))
    return id
  }

  function ask(operation: Omit<SyncRequest, 'id'>): Promise<SyncResponse> {
    return new Promise((resolve, reject) => {
      const id = send(operation, (response) => {
        pending.delete(id)
        if (response.error === '') resolve(response)
        else reject(new Error(response.error))
      })
    })
  }

  return {
    signal: async (state) => (await ask({ signal_entry: { state } })).signal_entry?.seq ?? 0,
    async barrier(state, target) {
      await ask({ barrier: { state, target } })
    },
    publish: async (topic, payload) => (await ask({ publish: { topic, payload } })).publish?.seq ?? 0,
    subscribe(topic, hear) {
      return new Promise((_, reject) => {
        send({ subscribe: { topic } }, ({ error, subscribe }) => {
          if (error !== '') reject(new Error(error))
          else hear(subscribe)
        })
      })
    },
    close: () => socket.terminate(),
  }
}

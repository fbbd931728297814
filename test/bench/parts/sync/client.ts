import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import type { SyncRequest, SyncResponse } from '../../../../plans/sdk/sync/wire.ts'
import { clientFrame, messageReader } from './frames.ts'

/** A client that does as little as the protocol allows, so that the service is what is measured. */
export interface BenchClient {
  signal(state: string): Promise<number>
  barrier(state: string, target: number): Promise<void>
  publish(topic: string, payload: unknown): Promise<number>
  /** `hear` gets each answer as it came, errors too; it is valid until `hear` returns. */
  subscribe(topic: string, hear: (answer: Buffer) => void): void
  close(): void
}

const beforeId = '{"id":"'
const quote = 0x22
const received = Buffer.alloc(1 << 16)

/** Connects as an instance of group `g`. Requests reject when the service answers with an error; `fail` is told when it ends the connection, or sends what nobody asked for. */
export function benchClient(port: number, index: number, fail: (error: Error) => void): Promise<BenchClient> {
  return new Promise((resolve, reject) => {
    const pending = new Map<string, (answer: Buffer) => void>()
    const read = messageReader({
      onOpen: () => resolve(client),
      onMessage(answer) {
        const hear = pending.get(idOf(answer))
        if (hear === undefined) throw new Error(`an answer that nobody waits for: ${answer}`)
        hear(answer)
      },
    })
    const take = (size: number): boolean => {
      try {
        read(received.subarray(0, size))
      } catch (error) {
        socket.destroy(error as Error)
      }
      return true
    }
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer: received, callback: take } })
    const end = (error: Error): void => {
      reject(error)
      fail(error)
    }
    socket.on('error', end)
    socket.on('end', () => end(new Error('the service ended a connection')))
    socket.write(
      `GET /g/${index} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    )
    const client = operations(pending, {
      write: (text) => socket.write(clientFrame(text)),
      close: () => socket.destroy(),
    })
  })
}

interface Wire {
  write(text: string): void
  close(): void
}

function operations(pending: Map<string, (answer: Buffer) => void>, { write, close }: Wire): BenchClient {
  let next = 0

  function send(operation: Omit<SyncRequest, 'id'>, answered: (answer: Buffer) => void): string {
    const id = String(next++)
    pending.set(id, answered)
    write(JSON.stringify({ id, ...operation }))
    return id
  }

  function ask(operation: Omit<SyncRequest, 'id'>): Promise<SyncResponse> {
    return new Promise((resolve, reject) => {
      const id = send(operation, (answer) => {
        pending.delete(id)
        const response = JSON.parse(answer.toString()) as SyncResponse
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
      send({ subscribe: { topic } }, hear)
    },
    close,
  }
}

/** Both services write the id first; that no more of an answer is read keeps the client quick. */
function idOf(answer: Buffer): string {
  const end = answer.indexOf(quote, beforeId.length)
  if (end === -1 || answer.toString('latin1', 0, beforeId.length) !== beforeId)
    throw new Error(`an answer begins with ${answer.toString('utf8', 0, 40)}`)
  return answer.toString('latin1', beforeId.length, end)
}

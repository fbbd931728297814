import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** A listener of the sync service on a port of its own. */
export interface Door {
  readonly host: string
  readonly port: number
  close(): Promise<void>
}

const loopback = '127.0.0.1'
const largestFrameBytes = 16 << 20

/** Listens on a free port of an address, by default the loopback one. */
export async function openDoor(
  onConnection: (socket: WebSocket, path: string) => void,
  host = loopback,
): Promise<Door> {
  const server = new WebSocketServer({
    host,
    port: 0,
    backlog: 1024,
    perMessageDeflate: false,
    maxPayload: largestFrameBytes,
  })
  server.on('connection', (socket: WebSocket, request: IncomingMessage) => onConnection(socket, request.url ?? '/'))
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  return {
    host,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of server.clients) socket.terminate()
        server.close(() => resolve())
      }),
  }
}

import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Listen } from './listen.ts'

/** A listener of the sync service on a port of its own. */
export interface Door {
  readonly host: string
  readonly port: number
  close(): Promise<void>
}

/** A client that came through a door. */
export interface Client {
  readonly socket: WebSocket
  /** What the socket writes to. */
  readonly tcp: Socket
  /** Of the URL that it asked for. */
  readonly path: string
}

const largestFrameBytes = 16 << 20

/** Opens a door where `listen` listens. */
export async function openDoor(onClient: (client: Client) => void, listen: Listen): Promise<Door> {
  const tcp = await listen()
  const http = createServer()
  const server = new WebSocketServer({ server: http, perMessageDeflate: false, maxPayload: largestFrameBytes })
  server.on('connection', (socket: WebSocket, request: IncomingMessage) =>
    onClient({ socket, tcp: request.socket, path: request.url ?? '/' }),
  )
  const open = new Set<Socket>()
  tcp.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    http.emit('connection', socket)
  })
  const { address: host, port } = tcp.address() as AddressInfo
  return {
    host,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close()
        for (const socket of open) socket.destroy()
        tcp.close(() => resolve())
      }),
  }
}

import { type AddressInfo, connect, type NetConnectOpts, type Server, type Socket } from 'node:net'
import { pipeline } from 'node:stream'
import type { RedisAddress } from '../../sync/redis/address.ts'
import type { RedisPlace, RunRedis } from './place.ts'

/** The port that SDKs take where they are told of none; some older ones know no other. */
const usualPort = 6379

/** Passes what comes to a port that instances reach on to a server, and back. */
export async function forward(
  listen: RedisPlace['listen'],
  to: RedisAddress['options'],
): Promise<Pick<RunRedis, 'host' | 'port' | 'close'>> {
  const server = await listen(usualPort).catch(() => listen(0))
  const open = new Set<Socket>()
  server.on('connection', (socket) => {
    const { host, port, path } = to
    const beyond = connect((path === undefined ? { host, port } : { path }) as NetConnectOpts)
    beyond.setNoDelay(true)
    socket.setNoDelay(true)
    for (const one of [socket, beyond]) {
      open.add(one)
      one.once('close', () => open.delete(one))
    }
    // Where either end is lost the other is closed, and that is all there is to do.
    pipeline(socket, beyond, socket, () => {})
  })
  const { address: host, port } = server.address() as AddressInfo
  return { host, port, close: () => end(server, open) }
}

function end(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  for (const socket of open) socket.destroy()
  return new Promise((resolve) => server.close(() => resolve()))
}

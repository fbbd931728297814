import { connect, createServer, type Server, type Socket } from 'node:net'
import type Docker from 'dockerode'
import type { Member } from '../instances/members.ts'
import { containerName } from './container.ts'

/** Ports of instances as this machine has them. */
export interface Published {
  /** By instance and label: `{ "nodes/0": { "http": "127.0.0.1:40123" } }`. */
  readonly places: Readonly<Record<string, Readonly<Record<string, string>>>>
  close(): void
}

interface PublishOptions {
  readonly engine: Docker
  readonly run: string
  /** Name of the network by which this machine reaches containers. */
  readonly network: string
  /** By label. */
  readonly ports: Readonly<Record<string, number>>
}

/** Publishes ports of every instance on 127.0.0.1, each at a free one: engines publish none of a container whose networks are all internal, so each connection is handed on to the container's address. */
export async function publishPorts(members: readonly Member[], options: PublishOptions): Promise<Published> {
  const servers: Server[] = []
  const places: Record<string, Record<string, string>> = {}
  for (const member of Object.keys(options.ports).length === 0 ? [] : members)
    for (const [label, port] of Object.entries(options.ports)) {
      const server = await listening((socket) => void handOn(socket, member, { ...options, port }))
      servers.push(server.server)
      const name = `${member.group.id}/${member.index}`
      places[name] = { ...places[name], [label]: `127.0.0.1:${server.port}` }
    }
  return {
    places,
    close() {
      for (const server of servers) server.close()
    },
  }
}

function listening(onSocket: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true }, onSocket)
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve({ server, port: typeof address === 'object' && address !== null ? address.port : 0 })
    })
    // A session may end while somebody is still connected.
    server.unref()
  })
}

async function handOn(
  socket: Socket,
  { group, index }: Member,
  { engine, run, network, port }: PublishOptions & { readonly port: number },
): Promise<void> {
  socket.on('error', () => {})
  const container = engine.getContainer(containerName(run, { group: group.id, index }))
  const host = await container.inspect().then(
    ({ NetworkSettings }) => NetworkSettings.Networks[network]?.IPAddress ?? '',
    () => '',
  )
  if (host === '') return void socket.destroy()
  const inner = connect({ host, port, allowHalfOpen: true })
  inner.on('error', () => socket.destroy())
  socket.on('close', () => inner.destroy())
  socket.pipe(inner).pipe(socket)
}

import { createServer } from 'node:net'
import { portSetting, type ServiceName, usualPorts } from './names.ts'
import type { Settings } from './settings.ts'

/** A port for each of these services, none of which runs: the one it had or its usual one, or a free one where that is taken. */
export async function choosePorts(names: readonly ServiceName[], settings: Settings): Promise<Settings> {
  const ports: Record<string, string> = {}
  for (const name of names) {
    const wanted = Number(settings[portSetting(name)] ?? usualPorts[name])
    ports[portSetting(name)] = String((await listens(wanted)) ?? (await listens(0)))
  }
  return ports
}

/** The port of the loopback address that could be listened on; null where somebody else does. */
function listens(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen({ port, host: '127.0.0.1' }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null))
    })
  })
}

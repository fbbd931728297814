// A process that holds a network namespace, which `unshare` gave it, as long as the launcher lives: it brings the
// loopback interface up, and makes there what the launcher is to listen on.
import { execFileSync } from 'node:child_process'
import { createServer } from 'node:net'
import { backlog } from '../../../sync/listen.ts'
import { subnetAddress } from '../address.ts'

/** What the launcher asks for: a server on a port of the namespace's loopback address, 0 for a free one. */
export interface HolderRequest {
  readonly id: number
  readonly port: number
}

/** What it is told: that all is up or why not, or the answer to a request, with its server unless it failed. */
export type HolderAnswer =
  | { readonly ready: true }
  | { readonly failed: string }
  | { readonly id: number; readonly failed: string | null }

const say = (answer: HolderAnswer): void => void process.send?.(answer)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.on('disconnect', () => process.exit(0))
process.on('message', (request) => listen(request as HolderRequest))

try {
  ip('link', 'set', 'lo', 'up')
  // Programs look for an interface with an address of the run's subnet.
  ip('address', 'add', subnetAddress, 'dev', 'lo')
  say({ ready: true })
} catch (error) {
  say({ failed: (error as Error).message.trim() })
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
}

function listen({ id, port }: HolderRequest): void {
  const server = createServer()
  server.once('error', ({ message }) => say({ id, failed: message }))
  server.listen({ host: '127.0.0.1', port, backlog }, () => {
    // The launcher has it from here on; ours would keep the port after the launcher's is closed.
    process.send?.({ id, failed: null } satisfies HolderAnswer, server, () => server.close())
  })
}

import { createServer } from 'node:net'
import { availableParallelism } from 'node:os'
import type { Finding, Fix, Harness } from '../harness.ts'
import { endLeftovers } from '../machine/leftovers.ts'
import { addressOf, subnet } from './address.ts'
import { prepare } from './prepare.ts'
import { refuse } from './refuse.ts'
import { openSession } from './session.ts'

/**
 * Instances as processes of this machine, each with a loopback address of its own.
 *
 * @param options `cores`: processes that instances which may share one are dealt to, and half the number that are started at a time. Default: this machine's.
 */
export function execHarness({ cores = availableParallelism() }: { readonly cores?: number } = {}): Harness {
  return {
    name: 'exec',
    check,
    examine,
    refuse,
    prepare,
    runsAtOnce: () => 1,
    open: (spec, options) => openSession(spec, { ...options, cores }),
    sweep: endLeftovers,
    // Its keeper ends processes within seconds, and they are named in their run's folder.
    reap: async () => null,
  }
}

async function check(): Promise<Fix[]> {
  if (process.platform === 'win32') return [{ missing: 'process groups', fix: 'run hoplab on Linux, macOS or WSL' }]
  const address = addressOf(1)
  if (await canListen(address)) return []
  const fix =
    process.platform === 'darwin' ? `sudo ifconfig lo0 alias ${address} (one for each instance)` : 'ip link set lo up'
  return [{ missing: `address ${address} of the loopback interface`, fix }]
}

async function examine(): Promise<readonly Finding[]> {
  const missing = await check()
  const lacks = missing.map(({ missing: found, fix }) => ({
    what: 'addresses',
    found: `lacks ${found}`,
    fix,
    blocks: true,
    mend: null,
  }))
  return lacks.length > 0
    ? lacks
    : [{ what: 'addresses', found: `loopback, ${subnet}`, fix: null, blocks: false, mend: null }]
}

function canListen(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(0, host, () => server.close(() => resolve(true)))
  })
}

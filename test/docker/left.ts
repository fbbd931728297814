import { setTimeout as sleep } from 'node:timers/promises'
import type Docker from 'dockerode'
import { openEngine } from '../../kernel-lib/harness/docker/engine.ts'

/** What the engine has of a run: names of containers and networks. */
export async function leftOf(run: string): Promise<readonly string[]> {
  const { containers, networks } = await look(openEngine(), run)
  return [...containers.map(({ Names }) => Names.join()), ...networks.map(({ Name }) => Name)]
}

async function look(engine: Docker, run: string) {
  const filters = { label: [`hoplab.run=${run}`] }
  const [containers, networks] = await Promise.all([
    engine.listContainers({ all: true, filters }),
    engine.listNetworks({ filters }),
  ])
  return { containers, networks }
}

/** Looks at what is in it first: a container that is there counts. */
async function isHeldByFault(engine: Docker, id: string): Promise<boolean> {
  const network = engine.getNetwork(id)
  const { Containers = {} } = await network.inspect().catch(() => ({ Containers: {} }))
  if (Object.keys(Containers).length > 0) return false
  const info = await engine.version()
  if (!info.Version.startsWith('20.')) return false
  return network.remove().then(
    () => false,
    (error: Error) => /has active endpoints/.test(error.message),
  )
}

/** What the engine has of a run when nothing is left, or when the time is over. A network that it holds for endpoints that it no longer has is its own fault, seen on 20.10, and is left out. */
export async function leftAfter(run: string, withinMs = 2000): Promise<readonly string[]> {
  const engine = openEngine()
  const deadline = Date.now() + withinMs
  for (;;) {
    const { containers, networks } = await look(engine, run)
    if (containers.length + networks.length === 0) return []
    if (Date.now() > deadline) {
      const held = await Promise.all(networks.map(({ Id }) => isHeldByFault(engine, Id)))
      const kept = networks.filter((_, at) => !held[at])
      return [...containers.map(({ Names }) => Names.join()), ...kept.map(({ Name }) => Name)]
    }
    await sleep(100)
  }
}

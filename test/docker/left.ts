import { setTimeout as sleep } from 'node:timers/promises'
import { openEngine } from '../../kernel-lib/harness/docker/engine.ts'

/** What the engine has of a run: names of containers and networks. */
export async function leftOf(run: string): Promise<readonly string[]> {
  const engine = openEngine()
  const filters = { label: [`hoplab.run=${run}`] }
  const [containers, networks] = await Promise.all([
    engine.listContainers({ all: true, filters }),
    engine.listNetworks({ filters }),
  ])
  return [...containers.map(({ Names }) => Names.join()), ...networks.map(({ Name }) => Name)]
}

/** What the engine has of a run when nothing is left, or when the time is over. */
export async function leftAfter(run: string, withinMs: number): Promise<readonly string[]> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const left = await leftOf(run)
    if (left.length === 0 || Date.now() > deadline) return left
    await sleep(100)
  }
}

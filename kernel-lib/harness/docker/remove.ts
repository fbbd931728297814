import { setTimeout as sleep } from 'node:timers/promises'
import type Docker from 'dockerode'
import { engineText, isAbsent, labels, ownerGone } from './engine.ts'
import { inLanes } from './lanes.ts'
import { cutLinks } from './network/cut.ts'

/** What was removed, and what would not go. */
export interface Removed {
  readonly containers: number
  readonly networks: number
  /** Each as `network NAME: what the engine said`. */
  readonly stuck: readonly string[]
}

/** Removals at a time: each waits for the kernel to clear namespaces away more than for a core. */
const width = 32
/** An engine that is already removing a container answers with a conflict. */
const patienceMs = 5000
/** Endpoints of removed containers go at once, or on old engines never. */
const endpointsMs = 1000
const betweenMs = 200

/** Removes every container and every network that is labelled with a run. */
export async function removeRun(engine: Docker, run: string): Promise<Removed> {
  const filters = { label: [`${labels.run}=${run}`] }
  const [containers, networks] = await Promise.all([
    engine.listContainers({ all: true, filters }),
    engine.listNetworks({ filters }),
  ])
  await cutLinks(networks.map(({ Id }) => Id))
  const stuck: string[] = []
  await inLanes(containers, width, async ({ Id, Names }) => {
    const problem = await removed(() => engine.getContainer(Id).remove({ force: true, v: true }), patienceMs)
    if (problem !== null) stuck.push(`container ${Names[0] ?? Id}: ${problem}`)
  })
  // Without a container nothing is under way that would let go of a network.
  const forMs = containers.length === 0 ? 0 : endpointsMs
  await inLanes(networks, width, async ({ Id, Name }) => {
    const problem = await removed(() => engine.getNetwork(Id).remove(), forMs)
    if (problem !== null) stuck.push(`network ${Name}: ${problem}`)
  })
  return { containers: containers.length, networks: networks.length, stuck }
}

/** Runs that have anything in the engine and whose owner has ended. */
export async function abandonedRuns(engine: Docker): Promise<readonly string[]> {
  const filters = { label: [labels.run] }
  const [containers, networks] = await Promise.all([
    engine.listContainers({ all: true, filters }),
    engine.listNetworks({ filters }),
  ])
  const found = [...containers, ...networks].flatMap(({ Labels }) =>
    Labels !== undefined && ownerGone(Labels[labels.owner]) ? (Labels[labels.run] ?? []) : [],
  )
  return [...new Set(found)]
}

/** Removes what every run whose owner has ended has in the engine; tells what that was, null where there was nothing. */
export async function removeAbandoned(engine: Docker): Promise<string | null> {
  const runs = await abandonedRuns(engine)
  if (runs.length === 0) return null
  const removed = await Promise.all(runs.map((run) => removeRun(engine, run)))
  const sum = (key: 'containers' | 'networks'): number => removed.reduce((total, one) => total + one[key], 0)
  const stuck = removed.flatMap((one) => one.stuck)
  const found = `${sum('containers')} containers and ${sum('networks')} networks of ${runs.join(', ')}`
  if (stuck.length === 0) return `removed ${found}`
  return `of ${found}, the engine keeps ${stuck.join(', ')}; where it says so again, restart it (systemctl restart docker)`
}

/** Removes one thing; what the engine said where it would not, which old engines do for good where they lost count of a network's endpoints. */
async function removed(remove: () => Promise<unknown>, forMs: number): Promise<string | null> {
  const deadline = Date.now() + forMs
  for (;;) {
    try {
      await remove()
      return null
    } catch (error) {
      if (isAbsent(error)) return null
      if (Date.now() >= deadline) return engineText(error)
      await sleep(betweenMs)
    }
  }
}

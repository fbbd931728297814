import { setTimeout as sleep } from 'node:timers/promises'
import type Docker from 'dockerode'
import { engineText, isAbsent, labels, ownerGone } from './engine.ts'
import { inLanes } from './lanes.ts'

/** What was removed, and what would not go. */
export interface Removed {
  readonly containers: number
  readonly networks: number
  /** Each as `network NAME: what the engine said`. */
  readonly stuck: readonly string[]
}

/** Removals at a time: more only lengthens each. */
const width = 8
const attempts = 5
const betweenMs = 300

/** Removes every container and every network that is labelled with a run. */
export async function removeRun(engine: Docker, run: string): Promise<Removed> {
  const filters = { label: [`${labels.run}=${run}`] }
  const containers = await engine.listContainers({ all: true, filters })
  const stuck: string[] = []
  await inLanes(containers, width, async ({ Id, Names }) => {
    const problem = await removed(() => engine.getContainer(Id).remove({ force: true, v: true }))
    if (problem !== null) stuck.push(`container ${Names[0] ?? Id}: ${problem}`)
  })
  const networks = await engine.listNetworks({ filters })
  for (const { Id, Name } of networks) {
    const problem = await removed(() => engine.getNetwork(Id).remove())
    if (problem !== null) stuck.push(`network ${Name}: ${problem}`)
  }
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

/** Old engines hold a network's endpoints for a moment after their containers are gone, and sometimes for good. */
async function removed(remove: () => Promise<unknown>): Promise<string | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await remove()
      return null
    } catch (error) {
      if (isAbsent(error)) return null
      if (attempt === attempts) return engineText(error)
      await sleep(betweenMs)
    }
  }
}

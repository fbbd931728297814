import type { GroupWorld, Life, Reach } from './life.ts'
import type { Topology } from './topology.ts'

/** A network where every link is alike at all times. */
export const plainTopology: Topology = { pairLatency: null, regions: null, partitions: [], outages: [] }

/** Everyone can dial the instance at any time. */
export const plainReach: Reach = { nat: 'none', behind: 1, acceptsShare: 1, openMs: null, closedMs: null }

/** The instance starts with the run and is up until it ends. */
export const plainLife: Life = {
  join: { kind: 'constant', ms: 0 },
  session: null,
  down: null,
  crashes: null,
  from: { stage: null, ms: 0 },
  newAddress: false,
  silent: false,
}

/** What every group has of which nothing else is said. */
export const plainWorld: GroupWorld = { region: '', reach: plainReach, life: plainLife, clock: null }

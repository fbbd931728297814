import { AbsentError } from '../../errors.ts'
import { listenOn } from '../../sync/listen.ts'
import { openSyncStore } from '../../sync/open.ts'
import { type SyncService, startSync } from '../../sync/start.ts'
import type { SessionFacts } from '../instances/environment.ts'
import type { Member } from '../instances/members.ts'
import { recordProcess } from '../machine/leftovers.ts'
import { openRedis } from '../redis/open.ts'
import type { RunRedis } from '../redis/place.ts'
import { engineText } from './engine.ts'

/** Starts the sync service where the run's own containers reach it, and nobody else's. A barrier may wait as long as an instance may run: then the time-out of the instance tells who was missing. */
export async function syncOf(
  members: readonly Member[],
  { run, spec }: SessionFacts,
  { gateway, redis }: { readonly gateway: string; readonly redis: RunRedis | null },
): Promise<SyncService> {
  const stored = { run, plan: spec.plan.replaceAll('/', '-'), case: spec.case }
  const sync = startSync({
    ...stored,
    store: await openSyncStore(redis?.url ?? null, stored),
    instances: members.map(({ group, index }) => ({ group: group.id, index })),
    barrierTimeoutMs: spec.timeoutMs,
    listen: listenOn(gateway),
  })
  await sync.door(null).catch(async (error) => {
    await sync.close()
    throw elsewhere(gateway, error)
  })
  return sync
}

/** Opens a Redis there. `temp` is a folder for its socket; a server that is started is named in the run's folder. */
export function redisOf(
  { folder }: SessionFacts,
  { gateway, temp }: { gateway: string; temp: string },
): Promise<RunRedis> {
  return openRedis({
    temp,
    listen: (port) => listenOn(gateway, port)().catch((error) => Promise.reject(elsewhere(gateway, error))),
    started: (pid) => recordProcess(pid, folder),
  })
}

function elsewhere(gateway: string, error: unknown): AbsentError {
  return new AbsentError(
    `docker needs the engine's networks on this machine: ${gateway} is none of its addresses (${engineText(error)}); use an engine that runs here, not inside a virtual machine`,
  )
}

import { AbsentError } from '../../errors.ts'
import { listenOn } from '../../sync/listen.ts'
import { type SyncService, startSync } from '../../sync/start.ts'
import type { SessionFacts } from '../instances/environment.ts'
import type { Member } from '../instances/members.ts'
import { engineText } from './engine.ts'
import type { Network } from './network/open.ts'

/** Starts the sync service where the run's own containers reach it, and nobody else's. A barrier may wait as long as an instance may run: then the time-out of the instance tells who was missing. */
export async function syncOf(
  members: readonly Member[],
  { run, spec }: SessionFacts,
  { gateway }: Network,
): Promise<SyncService> {
  const sync = startSync({
    run,
    plan: spec.plan.replaceAll('/', '-'),
    case: spec.case,
    instances: members.map(({ group, index }) => ({ group: group.id, index })),
    barrierTimeoutMs: spec.timeoutMs,
    listen: listenOn(gateway),
  })
  await sync.door(null).catch(async (error) => {
    await sync.close()
    throw new AbsentError(
      `docker needs the engine's networks on this machine: ${gateway} is none of its addresses (${engineText(error)}); use an engine that runs here, not inside a virtual machine`,
    )
  })
  return sync
}

import { rm } from 'node:fs/promises'
import { listenOn } from '../../sync/listen.ts'
import { openSyncStore, type StoredRun } from '../../sync/open.ts'
import { type SyncService, startSync } from '../../sync/start.ts'
import type { SyncStore } from '../../sync/store.ts'
import type { SessionFacts } from '../instances/environment.ts'
import type { Member } from '../instances/members.ts'
import { entrust, type Keeper, keep } from '../machine/keep.ts'
import { killMarked } from '../machine/marked.ts'
import { openRedis } from '../redis/open.ts'
import type { RunRedis } from '../redis/place.ts'
import type { Artifact } from './artifacts.ts'
import { type Namespace, openNamespace } from './namespace/open.ts'
import { wantsNamespace } from './namespace/way.ts'

/** What a session has on this machine before any process of it. */
export interface Ground {
  readonly keeper: Keeper
  /** Where instances are; null where no program opens ports on every address. */
  readonly namespace: Namespace | null
  /** Null where no program speaks to one. */
  readonly redis: RunRedis | null
  readonly sync: SyncService
}

/** Makes what processes need, and removes it again where not all of it can be had. */
export async function prepareGround(
  facts: SessionFacts,
  members: readonly Member[],
  artifacts: readonly Artifact[],
): Promise<Ground> {
  const made: Made = { keeper: keep(markOf(facts), facts.temp), namespace: null, redis: null }
  try {
    if (wantsNamespace() && artifacts.some(({ opensPorts }) => opensPorts)) made.namespace = await openNamespace()
    const listen = made.namespace?.listen ?? listenHere
    if (artifacts.some(({ redis }) => redis)) made.redis = await redisFor(facts, made.keeper, listen)
    const store = await openSyncStore(made.redis?.url ?? null, storedRun(facts))
    return { ...made, sync: syncOf(facts, members, { store, listen }) }
  } catch (error) {
    await clear(made, facts)
    throw error
  }
}

/** Removes all that a session made, when its instances have ended. */
export async function leaveGround(ground: Ground, facts: SessionFacts): Promise<void> {
  killMarked(markOf(facts))
  await ground.sync.close()
  await clear(ground, facts)
}

type Made = { -readonly [K in Exclude<keyof Ground, 'sync'>]: Ground[K] }
type Listen = Namespace['listen']

async function clear({ keeper, namespace, redis }: Made, { temp }: SessionFacts): Promise<void> {
  await redis?.close()
  await namespace?.close()
  await keeper.farewell()
  await rm(temp, { recursive: true, force: true })
}

/** In the environment of every process of a session. */
const markOf = ({ run }: SessionFacts): string => `TEST_RUN=${run}`

function redisFor({ temp, folder }: SessionFacts, keeper: Keeper, listen: Listen): Promise<RunRedis> {
  return openRedis({ temp, listen, started: (pid) => entrust(keeper, pid, folder) })
}

function storedRun({ run, spec }: SessionFacts): StoredRun {
  return { run, plan: spec.plan.replaceAll('/', '-'), case: spec.case }
}

/** A barrier may wait as long as an instance may run: then the time-out of the instance tells who was missing. */
function syncOf(
  facts: SessionFacts,
  members: readonly Member[],
  { store, listen }: { readonly store: SyncStore; readonly listen: Listen },
): SyncService {
  return startSync({
    ...storedRun(facts),
    instances: members.map(({ group, index }) => ({ group: group.id, index })),
    barrierTimeoutMs: facts.spec.timeoutMs,
    store,
    listen: () => listen(0),
  })
}

const listenHere: Listen = (port) => listenOn('127.0.0.1', port)()

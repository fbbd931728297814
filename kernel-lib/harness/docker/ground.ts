import type Docker from 'dockerode'
import type { SyncService } from '../../sync/start.ts'
import type { Plan } from '../harness.ts'
import type { SessionFacts } from '../instances/environment.ts'
import type { Member } from '../instances/members.ts'
import { engineSocket, engineText, openEngine } from './engine.ts'
import { makeToolbox, removeToolbox, type Toolbox } from './gate/toolbox.ts'
import { type Image, imagesOf } from './image/ensure.ts'
import { type Keeper, keep } from './keep.ts'
import { type Networks, openNetworks } from './network/open.ts'
import { removeAbandoned, removeRun } from './remove.ts'
import { syncOf } from './sync.ts'

/** What a session has in the engine before any container of it. */
export interface Ground {
  readonly engine: Docker
  readonly keeper: Keeper
  /** By group. */
  readonly images: ReadonlyMap<string, Image>
  readonly networks: Networks
  readonly toolbox: Toolbox
  readonly sync: SyncService
}

/** Makes what containers need, and removes it again where not all of it can be had. */
export async function prepare(members: readonly Member[], facts: SessionFacts, plan: Plan): Promise<Ground> {
  const socket = engineSocket()
  const engine = openEngine(socket)
  await removeAbandoned(engine)
  const images = await imagesOf(engine, facts.spec.groups, plan)
  const keeper = keep({ run: facts.run, socket: socket ?? '', folder: facts.folder })
  try {
    const toolbox = await makeToolbox(facts.folder)
    const networks = await openNetworks(engine, facts.run)
    return { engine, keeper, images, networks, toolbox, sync: await syncOf(members, facts, networks.control) }
  } catch (error) {
    await removeRun(engine, facts.run)
    await removeToolbox(facts.folder)
    await keeper.farewell()
    throw error
  }
}

/** Removes all that a session made; tells what the engine would not let go, which the keeper tries again for a minute, and the next session after that. */
export async function leave(
  { engine, sync, keeper }: Ground,
  { run, folder }: SessionFacts,
): Promise<readonly string[]> {
  await sync.close()
  const { stuck } = await removeRun(engine, run).catch((error) => ({ stuck: [`the engine: ${engineText(error)}`] }))
  await removeToolbox(folder)
  if (stuck.length === 0) await keeper.farewell()
  else keeper.handOver()
  return stuck
}

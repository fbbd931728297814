import type Docker from 'dockerode'
import type { SyncService } from '../../sync/start.ts'
import type { OpenOptions } from '../harness.ts'
import type { SessionFacts } from '../instances/environment.ts'
import type { Member } from '../instances/members.ts'
import type { Agent } from './agent/open.ts'
import { openRunAgent } from './agent/open-run.ts'
import type { GroupImage } from './builders/images.ts'
import { engineSocket, engineText, openEngine } from './engine.ts'
import { makeToolbox, removeToolbox, type Toolbox } from './gate/toolbox.ts'
import { type Keeper, keep } from './keep.ts'
import { type Networks, openNetworks } from './network/open.ts'
import { type Owner, startOwner } from './owner.ts'
import { type Published, publishPorts } from './publish.ts'
import { removeAbandoned, removeRun } from './remove.ts'
import { type DockerSettings, readSettings } from './settings.ts'
import { needsSidecar } from './sidecar/needs.ts'
import { syncOf } from './sync.ts'
import { tryUlimits } from './try-limits.ts'

/** What a session has in the engine before any container of it. */
export interface Ground {
  readonly engine: Docker
  readonly keeper: Keeper
  /** By group. */
  readonly images: ReadonlyMap<string, GroupImage>
  readonly networks: Networks
  readonly toolbox: Toolbox
  readonly sync: SyncService
  readonly settings: DockerSettings
  readonly published: Published
  /** Null where every program runs as the user of this process, or it is root. */
  readonly owner: Owner | null
  /** Null where no network is to be configured. */
  readonly agent: Agent | null
}

interface PrepareGround extends Pick<OpenOptions, 'plan' | 'packaging' | 'onNotice'> {
  readonly images: ReadonlyMap<string, GroupImage>
}

/** Makes what containers need, and removes it again where not all of it can be had. */
export async function prepare(
  members: readonly Member[],
  facts: SessionFacts,
  { plan, packaging, images, onNotice }: PrepareGround,
): Promise<Ground> {
  const { run, folder } = facts
  const socket = engineSocket()
  const engine = openEngine(socket)
  await removeAbandoned(engine)
  const { settings, passedOver } = readSettings(packaging.settings)
  if (passedOver.length > 0) onNotice(`runner docker passes over its settings ${passedOver.join(', ')}`)
  const keeper = keep({ run: facts.run, socket: socket ?? '', folder: facts.folder })
  const opening = needsSidecar(facts.spec, plan) ? openRunAgent(engine, facts) : Promise.resolve(null)
  opening.catch(() => {})
  try {
    const toolbox = await makeToolbox(facts.folder)
    const networks = await openNetworks(engine, facts.run)
    await tryUlimits(engine, settings.ulimits, { run, image: firstOf(images).id, toolbox })
    const foreign = process.getuid?.() !== 0 && [...images.values()].some(({ runsAs }) => runsAs === 'own')
    const owner = foreign ? await startOwner(engine, { run, folder }) : null
    const sync = await syncOf(members, facts, networks.control)
    const { ports } = settings
    const published = await publishPorts(members, { engine, run, network: networks.control.name, ports })
    return { engine, keeper, images, networks, toolbox, settings, owner, sync, published, agent: await opening }
  } catch (error) {
    await opening.catch(() => {})
    await removeRun(engine, facts.run)
    await removeToolbox(facts.folder)
    await keeper.farewell()
    throw error
  }
}

function firstOf(images: ReadonlyMap<string, GroupImage>): GroupImage {
  const [first] = images.values()
  if (first === undefined) throw new Error('a spec without a group')
  return first
}

/** Removes all that a session made; tells what the engine would not let go, which the keeper tries again for a minute, and the next session after that. */
export async function leave(
  { engine, sync, keeper, published }: Ground,
  { run, folder }: SessionFacts,
): Promise<readonly string[]> {
  published.close()
  await sync.close()
  const { stuck } = await removeRun(engine, run).catch((error) => ({ stuck: [`the engine: ${engineText(error)}`] }))
  await removeToolbox(folder)
  if (stuck.length === 0) await keeper.farewell()
  else keeper.handOver()
  return stuck
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Docker from 'dockerode'
import type { SyncService } from '../../sync/start.ts'
import type { OpenOptions } from '../harness.ts'
import type { SessionFacts } from '../instances/environment.ts'
import type { Member } from '../instances/members.ts'
import type { RunRedis } from '../redis/place.ts'
import type { Agent } from './agent/open.ts'
import { openRunAgent } from './agent/open-run.ts'
import type { GroupImage } from './builders/images.ts'
import { engineSocket, engineText, openEngine } from './engine.ts'
import { makeToolbox, removeToolbox, type Toolbox } from './gate/toolbox.ts'
import { type Keeper, keep } from './keep.ts'
import { type MemoryWitness, memoryWitness } from './memory.ts'
import { type Networks, openNetworks } from './network/open.ts'
import { type Owner, startOwner } from './owner.ts'
import { makePodTools, type PodTools } from './pods/tools.ts'
import { type Published, publishPorts } from './publish.ts'
import { removeAbandoned, removeRun } from './remove.ts'
import { type DockerSettings, readSettings } from './settings.ts'
import { needsSidecar } from './sidecar/needs.ts'
import { redisOf, syncOf } from './sync.ts'
import { tryUlimits } from './try-limits.ts'

/** What a session has in the engine before any container of it. */
export interface Ground {
  readonly engine: Docker
  readonly keeper: Keeper
  /** By group. */
  readonly images: ReadonlyMap<string, GroupImage>
  readonly networks: Networks
  readonly toolbox: Toolbox
  /** Null where each instance has a container of its own. */
  readonly podTools: PodTools | null
  readonly sync: SyncService
  /** Null where no program speaks to one. */
  readonly redis: RunRedis | null
  /** Scratch folder of the session, absolute. */
  readonly temp: string
  readonly settings: DockerSettings
  readonly published: Published
  /** Null where every program runs as the user of this process, or it is root. */
  readonly owner: Owner | null
  readonly memory: MemoryWitness
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
  const temp = await mkdtemp(join(tmpdir(), 'hoplab-'))
  const keeper = keep({ run, socket: socket ?? '', folder, temp })
  let redis: RunRedis | null = null
  const opening = needsSidecar(facts.spec, plan) ? openRunAgent(engine, facts) : Promise.resolve(null)
  opening.catch(() => {})
  try {
    const toolbox = await makeToolbox(facts.folder)
    const podTools = settings.instancesPerContainer > 1 ? await makePodTools(toolbox.folder) : null
    const networks = await openNetworks(engine, facts.run)
    await tryUlimits(engine, settings.ulimits, { run, image: firstOf(images).id, toolbox })
    const foreign = process.getuid?.() !== 0 && [...images.values()].some(({ runsAs }) => runsAs === 'own')
    const owner = foreign ? await startOwner(engine, { run, folder }) : null
    const { gateway } = networks.control
    if ([...images.values()].some((image) => image.redis)) redis = await redisOf(facts, { gateway, temp })
    const sync = await syncOf(members, facts, { gateway, redis })
    const { ports } = settings
    const published = await publishPorts(members, { engine, run, network: networks.control.name, ports })
    const agent = await opening
    const memory = memoryWitness(engine, run)
    return {
      engine,
      keeper,
      images,
      networks,
      toolbox,
      podTools,
      settings,
      owner,
      memory,
      sync,
      redis,
      temp,
      published,
      agent,
    }
  } catch (error) {
    await opening.catch(() => {})
    await redis?.close()
    await clear({ engine, keeper, temp }, facts)
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
  { engine, sync, redis, temp, keeper, published }: Ground,
  facts: SessionFacts,
): Promise<readonly string[]> {
  published.close()
  await sync.close()
  await redis?.close()
  return clear({ engine, temp, keeper }, facts)
}

/** Removes what a session has in the engine and on this machine; tells what the engine would not let go. */
async function clear(
  { engine, temp, keeper }: Pick<Ground, 'engine' | 'temp' | 'keeper'>,
  { run, folder }: SessionFacts,
): Promise<readonly string[]> {
  await rm(temp, { recursive: true, force: true })
  const { stuck } = await removeRun(engine, run).catch((error) => ({ stuck: [`the engine: ${engineText(error)}`] }))
  await removeToolbox(folder)
  if (stuck.length === 0) await keeper.farewell()
  else keeper.handOver()
  return stuck
}

import { resolve } from 'node:path'
import type Docker from 'dockerode'
import type { RunSpec } from '../../composition/spec.ts'
import { AbsentError } from '../../errors.ts'
import { type SyncService, startSync } from '../../sync/start.ts'
import type { SessionFacts } from '../exec/environment.ts'
import { type Member, membersOf } from '../exec/share.ts'
import { endUnit, find, hearPublished, type Unit } from '../exec/unit.ts'
import { witness } from '../exec/witness.ts'
import type { OpenOptions, Session } from '../harness.ts'
import { engineSocket, engineText, openEngine } from './engine.ts'
import { type Image, planImage } from './image/ensure.ts'
import { type Keeper, keep } from './keep.ts'
import { launchAll } from './launch.ts'
import { memoryLimit } from './limits.ts'
import { type Network, type Networks, openNetworks } from './network/open.ts'
import { addressIn } from './network/subnets.ts'
import { programIn } from './program.ts'
import { abandonedRuns, removeRun } from './remove.ts'

interface DockerOptions extends OpenOptions {
  readonly cores: number
}

/** What a session has in the engine. */
interface Ground {
  readonly engine: Docker
  readonly keeper: Keeper
  readonly image: Image
  readonly networks: Networks
  readonly sync: SyncService
}

/** Opens a session of containers. It is open before all are started; an instance that the end of the session finds unstarted ends as canceled. */
export async function openSession(spec: RunSpec, options: DockerOptions): Promise<Session> {
  const { plan, run, signal, cores } = options
  const members = membersOf(spec)
  const facts: SessionFacts = {
    run,
    spec,
    instanceCount: members.length,
    folder: resolve(options.folder),
    temp: '/temp',
    startTime: new Date().toISOString(),
  }
  const ground = await prepare(members, facts, options)
  const { engine, sync, networks, image } = ground
  const units = members.map(
    (member, number): Unit => ({ number, witnesses: [witness(member, true, options.onEvent)], running: null }),
  )
  const witnesses = units.flatMap((unit) => unit.witnesses)
  sync.onEvent((who, event) => {
    const one = who === null ? undefined : find(witnesses, who.group, who.index)
    if (one !== undefined) hearPublished(one, sync, event)
  })
  const ending = new AbortController()
  const end = (): void => {
    if (ending.signal.aborted) return
    ending.abort()
    for (const unit of units) if (unit.running !== null) endUnit(unit, sync, 'canceled')
  }
  signal.addEventListener('abort', end)
  if (signal.aborted) end()
  const memoryBytes = memoryLimit(plan.manifest)
  const placement: Record<string, unknown> = placementOf(members, { ...ground, facts, memoryBytes })
  const launched = launchAll(units, { engine, facts, image, networks, memoryBytes, sync, signal: ending.signal, cores })
  return {
    placement,
    instances: witnesses.map(({ instance }) => instance),
    async close() {
      end()
      placement.launch = await launched
      await Promise.all(witnesses.map(({ instance }) => instance.ended))
      signal.removeEventListener('abort', end)
      const left = await leave(ground, run)
      if (left.length > 0) placement.left = left
    },
  }
}

/** Makes what containers need, and removes it again where not all of it can be had. */
async function prepare(members: readonly Member[], facts: SessionFacts, { plan }: DockerOptions): Promise<Ground> {
  const socket = engineSocket()
  const engine = openEngine(socket)
  const found = programIn(plan)
  if ('refused' in found) throw new Error(found.refused)
  for (const run of await abandonedRuns(engine)) await removeRun(engine, run)
  const image = await planImage(engine, plan, found.program)
  const keeper = keep(facts.run, socket ?? '')
  try {
    const networks = await openNetworks(engine, facts.run)
    return { engine, keeper, image, networks, sync: await syncOf(members, facts, networks.control) }
  } catch (error) {
    await removeRun(engine, facts.run)
    await keeper.farewell()
    throw error
  }
}

/** Starts the sync service where the run's own containers reach it, and nobody else's. A barrier may wait as long as an instance may run: then the time-out of the instance tells who was missing. */
async function syncOf(
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
    host: gateway,
  })
  await sync.door(null).catch(async (error) => {
    await sync.close()
    throw new AbsentError(
      `docker needs the engine's networks on this machine: ${gateway} is none of its addresses (${engineText(error)}); use an engine that runs here, not inside a virtual machine`,
    )
  })
  return sync
}

/** Removes all that a session made; tells what the engine would not let go, which the keeper tries again for a minute, and the next session after that. */
async function leave({ engine, sync, keeper }: Ground, run: string): Promise<readonly string[]> {
  await sync.close()
  const { stuck } = await removeRun(engine, run).catch((error) => ({ stuck: [`the engine: ${engineText(error)}`] }))
  if (stuck.length === 0) await keeper.farewell()
  else keeper.handOver()
  return stuck
}

interface Placed extends Ground {
  readonly facts: SessionFacts
  readonly memoryBytes: number
}

function placementOf(
  members: readonly Member[],
  { image, networks, facts, memoryBytes }: Placed,
): Record<string, unknown> {
  const { tag, id, digest, built } = image
  const places = members.map(({ group, index, seq }) => [
    `${group.id}/${index}`,
    { address: addressIn(networks.data.subnet, seq) },
  ])
  return {
    subnet: networks.data.subnet,
    controlSubnet: networks.control.subnet,
    image: { tag, id, digest, built },
    memoryBytes,
    startTime: facts.startTime,
    instances: Object.fromEntries(places),
  }
}

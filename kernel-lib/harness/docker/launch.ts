import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type Docker from 'dockerode'
import type { SyncService } from '../../sync/start.ts'
import { memberEnvironment, runEnvironment, type SessionFacts } from '../instances/environment.ts'
import { endUnstarted, follow, hear, type Unit } from '../instances/unit.ts'
import type { Witness } from '../instances/witness.ts'
import { containerOptions, outputsPath } from './container.ts'
import { engineText } from './engine.ts'
import type { Image } from './image/ensure.ts'
import { inLanes } from './lanes.ts'
import type { Networks } from './network/open.ts'
import { addressIn } from './network/subnets.ts'
import { type Created, createContainer, startContainer } from './start.ts'

/** What containers are started with. */
export interface Launch {
  readonly engine: Docker
  readonly facts: SessionFacts
  /** By group. */
  readonly images: ReadonlyMap<string, Image>
  readonly networks: Networks
  readonly memoryBytes: number
  readonly sync: SyncService
  /** Aborted when the session is being ended. */
  readonly signal: AbortSignal
  readonly cores: number
}

/** A start is over when the container has printed something, or after this long. */
const startMs = 1000
/** An engine's work for containers at a time, for each core: beyond it each takes longer and all take as long. */
const perCore = 4

/** Makes every container, then starts them, and neither after the session is being ended. Resolves to how long each took, ms. */
export async function launchAll(
  units: readonly Unit[],
  launch: Launch,
): Promise<{ createMs: number; startMs: number }> {
  const width = launch.cores * perCore
  const created = new Map<Unit, Created>()
  const began = Date.now()
  await inLanes(units, width, async (unit) => {
    if (launch.signal.aborted) return
    const one = await create(unit, launch).catch((error) => fail(unit, launch, error))
    if (one !== null) created.set(unit, one)
  })
  const made = Date.now()
  await inLanes(units, width, async (unit) => {
    const one = created.get(unit)
    if (one !== undefined && !launch.signal.aborted) return start(unit, one, launch)
    one?.frames.destroy()
    if (unit.running === null) endUnstarted(unit)
  })
  return { createMs: made - began, startMs: Date.now() - made }
}

async function create(unit: Unit, launch: Launch): Promise<Created> {
  const { engine, facts, images, networks, memoryBytes, sync } = launch
  const { member, instance } = only(unit)
  const address = addressIn(networks.data.subnet, instance.seq)
  const outputs = outputsOf(unit, facts)
  mkdirSync(outputs, { recursive: true })
  const door = await sync.door({ group: instance.group, index: instance.index })
  const environment = {
    ...runEnvironment(facts, networks.data.subnet),
    ...memberEnvironment(member, { outputs: outputsPath, address }),
    SYNC_SERVICE_HOST: door.host,
    SYNC_SERVICE_PORT: String(door.port),
  }
  const image = images.get(instance.group)
  if (image === undefined) throw new Error(`group ${instance.group} has no image`)
  const options = containerOptions(member, {
    run: facts.run,
    image,
    data: networks.data,
    address,
    outputs,
    memoryBytes,
    environment,
  })
  return createContainer(engine, options, networks.control.id)
}

async function start(unit: Unit, created: Created, { facts, sync }: Launch): Promise<void> {
  const one = only(unit)
  const { group, index } = one.instance
  const running = startContainer(created, {
    logs: outputsOf(unit, facts),
    onLine: (line) => hear(unit, line),
    onMemory() {
      one.killed('memory', null)
      sync.fell({ who: { group, index }, how: 'more memory than it may take' })
    },
  })
  unit.running = running
  one.started()
  void follow(unit, running, { sync, timeoutMs: facts.spec.timeoutMs })
  await Promise.race([running.up, sleep(startMs)])
}

/** Tells that a container could not be made. */
function fail(unit: Unit, { sync }: Launch, error: unknown): null {
  const one = only(unit)
  const { group, index } = one.instance
  sync.fell({ who: { group, index }, how: 'a start that failed' })
  one.ended(null, `the engine: ${engineText(error)}`)
  return null
}

function outputsOf(unit: Unit, { folder }: SessionFacts): string {
  const { group, index } = only(unit).instance
  return join(folder, group, String(index))
}

/** A container holds one instance. */
function only({ witnesses: [one] }: Unit): Witness {
  if (one === undefined) throw new Error('a container without an instance')
  return one
}

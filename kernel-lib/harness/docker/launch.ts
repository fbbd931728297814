import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type Docker from 'dockerode'
import type { SyncService } from '../../sync/start.ts'
import { memberEnvironment, redisEnvironment, runEnvironment, type SessionFacts } from '../instances/environment.ts'
import type { Running } from '../instances/running.ts'
import { endUnstarted, follow, hear, type Unit } from '../instances/unit.ts'
import type { Witness } from '../instances/witness.ts'
import type { RunRedis } from '../redis/place.ts'
import { containerOptions, outputsPath } from './container.ts'
import { engineText } from './engine.ts'
import type { Toolbox } from './gate/toolbox.ts'
import type { Image } from './image/image.ts'
import { inLanes } from './lanes.ts'
import type { Limits } from './limits.ts'
import type { Networks } from './network/open.ts'
import { addressIn } from './network/subnets.ts'
import type { Owner } from './owner.ts'
import type { DockerSettings } from './settings.ts'
import type { Networking } from './sidecar/networking.ts'
import {
  type Created,
  createContainer,
  type Held,
  type ReleaseOptions,
  releaseContainer,
  startContainer,
} from './start.ts'

/** What containers are started with. */
export interface Launch {
  readonly engine: Docker
  readonly facts: SessionFacts
  /** By group. */
  readonly images: ReadonlyMap<string, Image>
  readonly networks: Networks
  readonly toolbox: Toolbox
  /** By group. */
  readonly limits: ReadonlyMap<string, Limits>
  readonly settings: DockerSettings
  readonly owner: Owner | null
  /** Null where no network is to be configured. */
  readonly networking: Networking | null
  /** By seq. */
  readonly hostnames: ReadonlyMap<number, string>
  readonly sync: SyncService
  readonly redis: RunRedis | null
  /** Aborted when the session is being ended. */
  readonly signal: AbortSignal
  readonly cores: number
}

/** A release is over when the program has printed something, or after this long: about what a program in Node takes of a core to start, so that silent ones do not all start at once, nor one after the other. */
const releaseMs = 250
/** An engine's work for containers at a time, for each core: beyond it each takes longer and all take as long. */
export const perCore = 4

/** How long each step of a launch took, ms. */
export interface LaunchTimes {
  readonly createMs: number
  readonly startMs: number
  readonly shapeMs: number
  readonly measureMs: number
  readonly releaseMs: number
}

/** Makes every container, starts all of them with their programs held, makes their networks stand and measures them, then lets the programs go; none of it after the session is being ended. */
export async function launchAll(units: readonly Unit[], launch: Launch): Promise<LaunchTimes> {
  const times = [Date.now()]
  const created = await each(units, launch, (unit) => create(unit, launch))
  times.push(Date.now())
  const held = await each([...created.keys()], launch, (unit) => startContainer(created.get(unit) as Created))
  times.push(Date.now())
  const standing = launch.networking === null ? held : await stand(held, launch)
  times.push(Date.now())
  const up = units.filter((unit) => standing.has(unit)).map((unit) => only(unit).instance)
  if (!launch.signal.aborted) await launch.networking?.measure(up)
  times.push(Date.now())
  await inLanes([...standing], launch.cores * perCore, async ([unit, one]) => {
    if (!launch.signal.aborted && !launch.networking?.lost())
      await release(unit, (options) => releaseContainer(one, options), launch)
  })
  times.push(Date.now())
  for (const unit of units) if (unit.running === null) endUnstarted(unit)
  for (const [unit, { line }] of created) if (unit.running === null) line.destroy()
  return timesOf(times)
}

function timesOf(times: readonly number[]): LaunchTimes {
  const [createMs = 0, startMs = 0, shapeMs = 0, measureMs = 0, releaseMs = 0] = times
    .slice(1)
    .map((time, at) => time - (times[at] ?? time))
  return { createMs, startMs, shapeMs, measureMs, releaseMs }
}

/** Makes the networks of held containers stand; those of which it does. */
function stand(held: ReadonlyMap<Unit, Held>, launch: Launch): Promise<ReadonlyMap<Unit, Held>> {
  const { networking, hostnames } = launch
  return each(
    [...held.keys()],
    launch,
    async (unit) => {
      const one = held.get(unit) as Held
      const { group, index, seq } = only(unit).instance
      const { State } = await one.container.inspect()
      await networking?.stand({ who: { group, index }, seq, pid: State.Pid, hostname: hostnames.get(seq) ?? '' })
      return one
    },
    'network',
  )
}

/** Does a step for each unit, in lanes; those for which it could be done, with what it gave. */
async function each<T>(
  units: readonly Unit[],
  launch: Launch,
  step: (unit: Unit) => Promise<T>,
  from = 'the engine',
): Promise<ReadonlyMap<Unit, T>> {
  const done = new Map<Unit, T>()
  await inLanes(units, launch.cores * perCore, async (unit) => {
    if (launch.signal.aborted) return
    await step(unit).then(
      (one) => done.set(unit, one),
      (error) => fail(unit, launch, `${from}: ${engineText(error)}`),
    )
  })
  return done
}

async function create(unit: Unit, launch: Launch): Promise<Created> {
  const { engine, facts, images, networks, toolbox, limits, settings, hostnames } = launch
  const { member, instance } = only(unit)
  const address = addressIn(networks.data.subnet, instance.seq)
  const outputs = outputsOf(unit, facts)
  const environment = await environmentOf(unit, launch)
  const image = images.get(instance.group)
  const limit = limits.get(instance.group)
  if (image === undefined || limit === undefined) throw new Error(`group ${instance.group} has no image`)
  makeOutputs(outputs, image)
  const options = containerOptions(member, {
    run: facts.run,
    image,
    toolbox,
    data: networks.data,
    address,
    outputs,
    limits: limit,
    ulimits: settings.ulimits,
    environment,
    hostname: hostnames.get(instance.seq) ?? '',
  })
  return createContainer(engine, options, networks.control.id)
}

/** Variables of an instance, wherever it is held. */
export async function environmentOf(
  unit: Unit,
  { facts, networks, settings, sync, redis, networking }: Launch,
): Promise<Readonly<Record<string, string>>> {
  const { member, instance } = only(unit)
  const address = addressIn(networks.data.subnet, instance.seq)
  const door = await sync.door({ group: instance.group, index: instance.index })
  return {
    ...runEnvironment(facts, networks.data.subnet),
    ...memberEnvironment(member, { outputs: outputsPath, address }),
    SYNC_SERVICE_HOST: door.host,
    SYNC_SERVICE_PORT: String(door.port),
    ...redisEnvironment(redis),
    ...settingsEnvironment(settings),
    TEST_SIDECAR: String(networking !== null),
  }
}

/** Makes the folder that an instance writes to; whoever somebody else's image runs as may. */
function makeOutputs(path: string, { runsAs }: Image): void {
  mkdirSync(path, { recursive: true })
  if (runsAs === 'own') chmodSync(path, 0o777)
}

/** Makes this process's user the owner of what somebody else's image wrote, before anybody reads it. */
async function takeBack(unit: Unit, { facts, images, owner }: Launch): Promise<void> {
  const { group, index } = only(unit).instance
  if (images.get(group)?.runsAs !== 'own') return
  await owner?.giveBack(`${group}/${index}`)
  chmodSync(outputsOf(unit, facts), 0o755)
}

/** Variables that tell of settings. */
function settingsEnvironment({ ports, logLevel }: DockerSettings): Record<string, string> {
  const told = Object.entries(ports).map(([label, port]) => [`${label.toUpperCase()}_PORT`, String(port)])
  return { ...Object.fromEntries(told), ...(logLevel === null ? {} : { LOG_LEVEL: logLevel }) }
}

/** Lets the program of an instance go, and watches it until it has ended; resolves when it needs no more attention. */
export async function release(unit: Unit, letGo: (options: ReleaseOptions) => Running, launch: Launch): Promise<void> {
  const { facts, sync } = launch
  const one = only(unit)
  const { group, index } = one.instance
  const released = letGo({
    logs: outputsOf(unit, facts),
    onLine: (line) => hear(unit, line),
    onMemory() {
      one.killed('memory', null)
      sync.fell({ who: { group, index }, how: 'more memory than it may take' })
    },
  })
  const running = { ...released, over: released.over.finally(() => takeBack(unit, launch)) }
  unit.running = running
  one.started()
  void follow(unit, running, { sync, timeoutMs: facts.spec.timeoutMs })
  await Promise.race([running.up, sleep(releaseMs)])
}

/** Tells that a container could not be made or started, or its network not be made to stand. */
export function fail(unit: Unit, { sync }: Launch, why: string): void {
  const one = only(unit)
  const { group, index } = one.instance
  sync.fell({ who: { group, index }, how: 'a start that failed' })
  one.ended(null, why)
}

/** Folder of this machine that an instance writes to, absolute. */
export function outputsOf(unit: Unit, { folder }: SessionFacts): string {
  const { group, index } = only(unit).instance
  return join(folder, group, String(index))
}

/** A unit of this harness is one instance. */
export function only({ witnesses: [one] }: Unit): Witness {
  if (one === undefined) throw new Error('a container without an instance')
  return one
}

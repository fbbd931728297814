import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { endUnstarted, type Unit } from '../../instances/unit.ts'
import { each } from '../each.ts'
import type { Launch, LaunchTimes } from '../launch.ts'
import { type HeldInstance, letGo } from '../let-go.ts'
import { addressIn, controlAddressIn } from '../network/subnets.ts'
import { type Created, createContainer } from '../start.ts'
import { environmentOf, only, outputsOf } from '../unit-facts.ts'
import { podOptions } from './container.ts'
import type { Inmate, PodSpec } from './inside/messages.ts'
import { type HeldPod, startPod } from './pod.ts'
import { releaseInmate } from './release.ts'
import type { Share } from './shares.ts'
import type { PodTools } from './tools.ts'

/** What pods are started with. */
export interface PodLaunch extends Launch {
  readonly tools: PodTools
}

const steps = { unitsOf: ({ units }: Share) => units, from: 'the engine' }

/** Makes every pod with its instances held, then lets their programs go; none of it after the session is being ended. Resolves to what it took and whether each instance's memory is bounded by itself. */
export async function launchPods(
  shares: readonly Share[],
  launch: PodLaunch,
): Promise<LaunchTimes & { readonly memoryBounded: boolean }> {
  const began = Date.now()
  const created = await each(shares, launch, { ...steps, step: (share) => create(share, launch) })
  const made = Date.now()
  const held = await each(created.keys(), launch, {
    ...steps,
    step: async (share) => startPod(created.get(share) as Created, await specOf(share, launch)),
  })
  const started = Date.now()
  const times = await letGo(instancesOf(held), launch)
  const unstarted = shares.flatMap(({ units }) => units).filter(({ running }) => running === null)
  for (const unit of unstarted) endUnstarted(unit)
  for (const unit of unstarted) removeEmptyLogs(outputsOf(unit, launch.facts))
  for (const [{ units }, { line }] of created) if (units.every(({ running }) => running === null)) line.destroy()
  const memoryBounded = [...held.values()].every(({ bounded }) => bounded)
  return { createMs: made - began, startMs: started - made, ...times, memoryBounded }
}

function instancesOf(held: ReadonlyMap<Share, HeldPod>): ReadonlyMap<Unit, HeldInstance> {
  return new Map(
    [...held].flatMap(([{ units }, pod]) =>
      units.map((unit, inmate): [Unit, HeldInstance] => [
        unit,
        { proc: () => pod.proc(inmate), release: (options) => releaseInmate(pod, inmate, options) },
      ]),
    ),
  )
}

async function create({ number, units }: Share, launch: PodLaunch): Promise<Created> {
  const { engine, facts, networks, settings, tools } = launch
  for (const unit of units) makeLogs(outputsOf(unit, facts))
  const options = podOptions({
    run: facts.run,
    number,
    image: imageOf(units, launch),
    tools,
    data: networks.data,
    folder: facts.folder,
    memoryBytes: units.reduce((sum, unit) => sum + memoryOf(unit, launch), 0),
    ulimits: settings.ulimits,
  })
  return createContainer(engine, options, networks.control.id)
}

function imageOf([unit]: readonly Unit[], { images }: Launch): NonNullable<ReturnType<Launch['images']['get']>> {
  const image = unit === undefined ? undefined : images.get(only(unit).instance.group)
  if (image === undefined) throw new Error('a pod without an image')
  return image
}

function memoryOf(unit: Unit, { limits }: Launch): number {
  const { group } = only(unit).instance
  const limit = limits.get(group)
  if (limit === undefined) throw new Error(`group ${group} has no limits`)
  return limit.memoryBytes
}

async function specOf({ units }: Share, launch: PodLaunch): Promise<PodSpec> {
  return {
    command: imageOf(units, launch).command,
    user: process.getuid?.() ?? 0,
    group: process.getgid?.() ?? 0,
    inmates: await Promise.all(units.map((unit) => inmateOf(unit, launch))),
  }
}

async function inmateOf(unit: Unit, launch: PodLaunch): Promise<Inmate> {
  const { data, control } = launch.networks
  const { seq, group, index } = only(unit).instance
  return {
    hostname: launch.hostnames.get(seq) ?? '',
    outputs: join(group, String(index)),
    environment: await environmentOf(unit, launch),
    memoryBytes: memoryOf(unit, launch),
    links: [
      { device: 'eth0', subnet: data.subnet, address: addressIn(data.subnet, seq) },
      { device: 'eth1', subnet: control.subnet, address: controlAddressIn(control.subnet, seq) },
    ],
  }
}

const logs = ['stdout.log', 'stderr.log']

/** Makes the files that an instance prints to, so that they are this user's and not the pod's. */
function makeLogs(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const name of logs) writeFileSync(join(folder, name), '', { flag: 'a' })
}

function removeEmptyLogs(folder: string): void {
  for (const name of logs) {
    const size = statSync(join(folder, name), { throwIfNoEntry: false })?.size
    if (size === 0) rmSync(join(folder, name))
  }
}

import { chmodSync, mkdirSync } from 'node:fs'
import { endUnstarted, type Unit } from '../instances/unit.ts'
import { containerOptions } from './container.ts'
import { each } from './each.ts'
import type { Image } from './image/image.ts'
import type { Launch, LaunchTimes } from './launch.ts'
import { type HeldInstance, letGo } from './let-go.ts'
import { cutWhenOver } from './network/cut.ts'
import { addressIn } from './network/subnets.ts'
import { type Created, createContainer, releaseContainer, startContainer } from './start.ts'
import { environmentOf, only, outputsOf } from './unit-facts.ts'

const steps = { unitsOf: (unit: Unit) => [unit], from: 'the engine' }

/** Makes a container for every instance, starts all of them with their programs held, and then lets the programs go; none of it after the session is being ended. */
export async function launchContainers(units: readonly Unit[], launch: Launch): Promise<LaunchTimes> {
  const began = Date.now()
  const created = await each(units, launch, { ...steps, step: (unit) => create(unit, launch) })
  const made = Date.now()
  const held = await each(created.keys(), launch, {
    ...steps,
    step: (unit) => hold(created.get(unit) as Created, launch),
  })
  const started = Date.now()
  const { data, control } = launch.networks
  const lines = [...held.keys()].flatMap((unit) => created.get(unit)?.line ?? [])
  void cutWhenOver(lines, [data.id, control.id])
  const times = await letGo(held, launch)
  for (const unit of units) if (unit.running === null) endUnstarted(unit)
  for (const [unit, { line }] of created) if (unit.running === null) line.destroy()
  return { createMs: made - began, startMs: started - made, ...times }
}

async function hold(created: Created, { memory }: Launch): Promise<HeldInstance> {
  const held = await startContainer(created)
  return {
    async proc() {
      const { State } = await held.container.inspect()
      return `/proc/${State.Pid}`
    },
    release: (options) => releaseContainer(held, { ...options, memory }),
  }
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

/** Makes the folder that an instance writes to; whoever somebody else's image runs as may. */
function makeOutputs(path: string, { runsAs }: Image): void {
  mkdirSync(path, { recursive: true })
  if (runsAs === 'own') chmodSync(path, 0o777)
}

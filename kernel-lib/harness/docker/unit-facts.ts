import { join } from 'node:path'
import { memberEnvironment, redisEnvironment, runEnvironment, type SessionFacts } from '../instances/environment.ts'
import type { Unit } from '../instances/unit.ts'
import type { Witness } from '../instances/witness.ts'
import { outputsPath } from './container.ts'
import type { Launch } from './launch.ts'
import { addressIn } from './network/subnets.ts'
import type { DockerSettings } from './settings.ts'

/** A unit of this harness is one instance. */
export function only({ witnesses: [one] }: Unit): Witness {
  if (one === undefined) throw new Error('a container without an instance')
  return one
}

/** Folder of this machine that an instance writes to, absolute. */
export function outputsOf(unit: Unit, { folder }: SessionFacts): string {
  const { group, index } = only(unit).instance
  return join(folder, group, String(index))
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

/** Variables that tell of settings. */
function settingsEnvironment({ ports, logLevel }: DockerSettings): Record<string, string> {
  const told = Object.entries(ports).map(([label, port]) => [`${label.toUpperCase()}_PORT`, String(port)])
  return { ...Object.fromEntries(told), ...(logLevel === null ? {} : { LOG_LEVEL: logLevel }) }
}

import { resolve } from 'node:path'
import type { RunSpec } from '../../composition/spec.ts'
import type { OpenOptions, Session } from '../harness.ts'
import { conduct } from '../instances/conduct.ts'
import type { SessionFacts } from '../instances/environment.ts'
import { type Member, membersOf } from '../instances/members.ts'
import type { Unit } from '../instances/unit.ts'
import { witness } from '../instances/witness.ts'
import { type Ground, leave, prepare } from './ground.ts'
import { launchAll } from './launch.ts'
import { memoryLimit } from './limits.ts'
import { addressIn } from './network/subnets.ts'

interface DockerOptions extends OpenOptions {
  readonly cores: number
}

/** Opens a session of containers. It is open before all are started; an instance that the end of the session finds unstarted ends as canceled. */
export async function openSession(spec: RunSpec, options: DockerOptions): Promise<Session> {
  const { plan, run, signal, cores, onEvent, onNotice } = options
  const members = membersOf(spec)
  const facts: SessionFacts = {
    run,
    spec,
    instanceCount: members.length,
    folder: resolve(options.folder),
    temp: '/temp',
    startTime: new Date().toISOString(),
  }
  const ground = await prepare(members, facts, plan)
  const units = members.map(
    (member, number): Unit => ({ number, witnesses: [witness(member, true, onEvent)], running: null }),
  )
  const { ending, end, ended } = conduct(units, ground.sync, signal)
  const memoryBytes = memoryLimit(plan.manifest)
  const placement: Record<string, unknown> = placementOf(members, { ...ground, facts, memoryBytes })
  const launched = launchAll(units, { ...ground, facts, memoryBytes, signal: ending, cores })
  return {
    placement,
    instances: units.flatMap(({ witnesses }) => witnesses.map(({ instance }) => instance)),
    async close() {
      end()
      placement.launch = await launched
      await ended()
      const left = await leave(ground, facts)
      if (left.length === 0) return
      placement.left = left
      onNotice(`the engine keeps ${left.join(', ')}; the next run with containers and hoplab terminate try again`)
    },
  }
}

interface Placed extends Ground {
  readonly facts: SessionFacts
  readonly memoryBytes: number
}

function placementOf(
  members: readonly Member[],
  { images, networks, facts, memoryBytes }: Placed,
): Record<string, unknown> {
  const places = members.map(({ group, index, seq }) => [
    `${group.id}/${index}`,
    { address: addressIn(networks.data.subnet, seq) },
  ])
  const byGroup = [...images].map(([group, { tag, id, digest, built }]) => [group, { tag, id, digest, built }])
  return {
    subnet: networks.data.subnet,
    controlSubnet: networks.control.subnet,
    images: Object.fromEntries(byGroup),
    memoryBytes,
    startTime: facts.startTime,
    instances: Object.fromEntries(places),
  }
}

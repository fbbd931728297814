import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { memberEnvironment, runEnvironment, type SessionFacts } from '../instances/environment.ts'
import { membersOf } from '../instances/members.ts'
import { traceFile, type WorldSettings } from './settings.ts'
import { addressOf, subnet } from './world/address.ts'

/** Variables of the launcher that the process may see. */
const passedOn = ['PATH', 'HOME'] as const

/**
 * Variables of the process, and the files that they name, written into the session's scratch folder. Some differ from one run to the next, as do the working folder
 * and Node's memory limit among its options: the run id, and paths of the run's and the scratch folder and of the identities, `identities` (absolute; null where the network begins cold). A program may write them down, and does otherwise when it
 * decides by them; the trace holds what happened and not what a program said, so that a message that names them changes nothing in it. The process's number and the
 * machine's name are told as holes. The start time is the simulation's own.
 */
export function environmentOf(facts: SessionFacts, identities: string | null): Readonly<Record<string, string>> {
  const { run, spec, folder, temp } = facts
  const world: WorldSettings = { run, spec, trace: join(folder, traceFile), identities }
  const each = membersOf(spec).map((member) =>
    memberEnvironment(member, {
      outputs: join(folder, member.group.id, String(member.index)),
      address: addressOf(member.seq),
    }),
  )
  const files = { HOPLAB_WORLD: join(temp, 'world.json'), HOPLAB_INSTANCES: join(temp, 'instances.json') }
  writeFileSync(files.HOPLAB_WORLD, JSON.stringify(world))
  writeFileSync(files.HOPLAB_INSTANCES, JSON.stringify(each))
  const own = Object.fromEntries(passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  return { ...own, TZ: 'UTC', LANG: 'C', TMPDIR: temp, ...runEnvironment(facts, subnet), ...files }
}

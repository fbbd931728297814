import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { programGroups } from '../../composition/groups.ts'
import type { RunSpec } from '../../composition/spec.ts'
import type { Ending } from '../../harness/harness.ts'
import { judge } from '../judge.ts'
import type { InstanceRecord } from '../record.ts'
import type { Printed } from './printed.ts'

/** What is known of a foreign run's instances. */
export interface Told {
  /** By `<group>/<index>`; those that the archive does not hold are absent. */
  readonly printed: ReadonlyMap<string, Printed>
  readonly folder: string
  readonly startedMs: number
}

/** One entry for every instance of the spec: judged by what it printed, unknown where it printed no outcome or is not in the archive. */
export async function instancesOf(spec: RunSpec, told: Told): Promise<InstanceRecord[]> {
  const instances: InstanceRecord[] = []
  for (const { id, count } of programGroups(spec))
    for (let index = 0; index < count; index++)
      instances.push(await instanceOf({ group: id, index, seq: instances.length + 1 }, told))
  return instances
}

async function instanceOf(
  who: Pick<InstanceRecord, 'group' | 'index' | 'seq'>,
  { printed, folder, startedMs }: Told,
): Promise<InstanceRecord> {
  const id = `${who.group}/${who.index}`
  const found = printed.get(id)
  const ending: Ending = {
    ...{ exit: null, killed: null, fault: null, stdoutEvents: found?.outcomes ?? [], syncEvents: [], waitingFor: null },
    lastWords: await tail(join(folder, id, 'run.err')),
    startedMs: found?.firstMs ?? startedMs,
    endedMs: found?.lastMs ?? startedMs,
  }
  if (ending.stdoutEvents.length > 0) return { ...who, ...judge(ending, { strict: false }), ending }
  return { ...who, outcome: 'unknown', reason: `unknown: ${silence(found)}`, spoke: [], ending }
}

function silence(printed: Printed | undefined): string {
  if (printed === undefined) return 'not in the archive'
  if (printed.firstMs === null) return 'the archive holds no event of it'
  return printed.cut ? 'its run.out is cut short before an outcome' : 'its run.out tells no outcome'
}

const tailBytes = 2048

async function tail(path: string): Promise<string> {
  if (!existsSync(path)) return ''
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(tailBytes),
      0,
      tailBytes,
      Math.max(0, size - tailBytes),
    )
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { InputError, type RunRecord } from 'hoplab'
import { isOrphan, readLive } from 'hoplab/run/live.ts'
import { parseRecord } from 'hoplab/run/parse-record.ts'
import { type Followed, hasRecord } from './follow.ts'

/**
 * A run by its folder, ended or not.
 *
 * @throws InputError where the folder holds neither a record nor a run that lives.
 */
export async function openRun(folder: string): Promise<Followed> {
  if (hasRecord(folder)) {
    const { spec, startedMs } = await recordOf(folder)
    return { folder, spec, startedMs, hasEnded: async () => true }
  }
  const live = await readLive(folder)
  if (live === null)
    throw new InputError(`run ${basename(folder)}: ${folder} holds no run; hoplab runs lists those there are`)
  const { spec, startedMs } = live
  return { folder, spec, startedMs, hasEnded: async () => hasRecord(folder) || (await isOrphan(folder, live)) }
}

async function recordOf(folder: string): Promise<RunRecord> {
  const { record, problem } = parseRecord(await readFile(join(folder, 'record.json'), 'utf8'))
  if (record === null) throw new InputError(`run ${basename(folder)}: ${problem}`)
  return record
}

import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { InputError } from '../errors.ts'
import { findRun } from './find-run.ts'
import { recordFile } from './folder.ts'
import { isOrphan, liveFile, readLive, unreadableLive } from './live.ts'
import { settle } from './settle.ts'

/**
 * The folder of a run that has ended, found as `findRun` does. Runs beside it whose owner is gone are given their record first.
 *
 * @throws InputError when no run or several are meant, the run still lives, or the folder holds none.
 */
export async function endedRun(name: string | undefined, runsFolder?: string): Promise<string> {
  const folder = await findRun(name, runsFolder)
  await settle(dirname(folder))
  if (existsSync(recordFile(folder))) return folder
  const live = await readLive(folder)
  if (live !== null && (await isOrphan(folder, live)))
    throw new InputError(`run ${basename(folder)}: its launcher is gone, and its record cannot be written there`)
  if (live !== null)
    throw new InputError(`run ${basename(folder)}: it still runs; come back when it has ended (hoplab runs tells)`)
  if (existsSync(liveFile(folder)))
    throw new InputError(`run ${basename(folder)}: it has no record.json, and its run.json ${unreadableLive}`)
  throw new InputError(`run ${name ?? folder}: ${folder} holds no record.json; hoplab runs lists the runs there are`)
}

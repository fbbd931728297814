import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../errors.ts'
import { endedRun } from '../run/ended-run.ts'
import { parseRecord } from '../run/parse-record.ts'
import type { RunRecord } from '../run/record.ts'
import { runsFolderOf } from '../run/runs-folder.ts'

/** A run's record and the folder that its artifacts lie in. */
export interface RecordedRun {
  readonly record: RunRecord
  readonly folder: string
}

/**
 * Reads a run's record.
 *
 * @param run Run id below `runsFolder` or its beginning, a path of a run's folder, or a record that was read before.
 * @param runsFolder Default: as `runsFolderOf` tells.
 * @throws InputError when there is no such run, it has not ended, or its record is not one.
 */
export async function readRecord(run: string | RunRecord, runsFolder: string = runsFolderOf()): Promise<RecordedRun> {
  if (typeof run !== 'string') return { record: run, folder: join(runsFolder, run.run) }
  const folder = await endedRun(run, runsFolder)
  return { record: checked(await readFile(join(folder, 'record.json'), 'utf8'), run), folder }
}

function checked(json: string, run: string): RunRecord {
  const { record, problem } = parseRecord(json)
  if (record === null) throw new InputError(`run ${run}: ${problem}`)
  return record
}

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../errors.ts'
import { findRun } from '../run/find-run.ts'
import type { RunRecord } from '../run/record.ts'

/** A run's record and the folder that its artifacts lie in. */
export interface RecordedRun {
  readonly record: RunRecord
  readonly folder: string
}

/**
 * Reads a run's record.
 *
 * @param run Run id below `runsFolder` or its beginning, a path of a run's folder, or a record that was read before.
 * @throws InputError when there is no such run, or its record is not one.
 */
export async function readRecord(run: string | RunRecord, runsFolder: string): Promise<RecordedRun> {
  if (typeof run !== 'string') return { record: run, folder: join(runsFolder, run.run) }
  const folder = await findRun(run, runsFolder)
  return { record: checked(await text(run, folder), run), folder }
}

async function text(run: string, folder: string): Promise<string> {
  try {
    return await readFile(join(folder, 'record.json'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && (error as NodeJS.ErrnoException).code !== 'ENOTDIR')
      throw error
    const why = existsSync(join(folder, 'run.json'))
      ? 'the run has not ended, or its owner is gone; hoplab runs says which'
      : 'hoplab runs lists the runs there are'
    throw new InputError(`run ${run}: ${folder} holds no record.json; ${why}`)
  }
}

function checked(json: string, run: string): RunRecord {
  let record: unknown
  try {
    record = JSON.parse(json)
  } catch {
    throw new InputError(`run ${run}: record.json is not JSON; it was cut or altered`)
  }
  const schema = (record as { schema?: unknown } | null)?.schema
  if (schema !== 'hoplab/record/1')
    throw new InputError(
      `run ${run}: record.json has schema ${JSON.stringify(schema)}; this hoplab reads hoplab/record/1`,
    )
  return record as RunRecord
}

import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { records } from '@hoplab/sdk'
import { cancelFile, type LiveRun, liveFile } from './live.ts'
import { makeWhole } from './make-folder.ts'
import type { RunRecord } from './record.ts'
import { writeOnce } from './write-once.ts'

/** Where the record of a run stands. */
export function recordFile(folder: string): string {
  return join(folder, 'record.json')
}

/**
 * Makes the folder of a new run, whole or not at all: `run.json`, the composition and the schemas of the records.
 *
 * @returns Its path, `<runsFolder>/<run id>`.
 */
export async function makeRunFolder(runsFolder: string, live: LiveRun, source: string): Promise<string> {
  const { folder } = await makeWhole(runsFolder, live.run, async (unfinished) => {
    await writeFile(join(unfinished, 'composition.toml'), source)
    await writeSchemas(unfinished)
    await writeFile(liveFile(unfinished), `${JSON.stringify(live, null, 2)}\n`, { flush: true })
  })
  return folder
}

/** Writes the schemas of the records that all plans share into a run's folder. */
export async function writeSchemas(folder: string): Promise<void> {
  await mkdir(join(folder, 'schemas'))
  for (const schema of records)
    await writeFile(join(folder, 'schemas', `${schema.name}.json`), `${JSON.stringify(schema, null, 2)}\n`)
}

/**
 * Writes the record, then takes away what said that the run lives.
 *
 * @returns False where the run has a record already, which stays.
 */
export async function finish(folder: string, record: RunRecord): Promise<boolean> {
  const first = await writeOnce(recordFile(folder), `${JSON.stringify(record, null, 2)}\n`)
  for (const file of [liveFile(folder), cancelFile(folder), join(folder, 'processes.ndjson')])
    await rm(file, { force: true })
  return first
}

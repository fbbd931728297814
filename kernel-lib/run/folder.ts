import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
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

/** What a new run's folder is given beside `run.json`. */
export interface RunSource {
  /** The composition as TOML. */
  readonly composition: string
  /** Folder of the plan; kinds of record of its own are told by the JSON files in its `schemas/`, where it has any. */
  readonly plan: string
}

/**
 * Makes the folder of a new run, whole or not at all: `run.json`, the composition and the schemas of the records, those of the plan's own too.
 *
 * @returns Its path, `<runsFolder>/<run id>`.
 */
export async function makeRunFolder(runsFolder: string, live: LiveRun, source: RunSource): Promise<string> {
  const { folder } = await makeWhole(runsFolder, live.run, async (unfinished) => {
    await writeFile(join(unfinished, 'composition.toml'), source.composition)
    await writeSchemas(unfinished)
    await copySchemas(join(source.plan, 'schemas'), join(unfinished, 'schemas'))
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

/** Copies a plan's own schemas; those that all plans share stay as they are. */
async function copySchemas(from: string, to: string): Promise<void> {
  const files = await readdir(from).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const shared = new Set(records.map(({ name }) => `${name}.json`))
  for (const file of files.filter((name) => name.endsWith('.json') && !shared.has(name)))
    await copyFile(join(from, file), join(to, file))
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

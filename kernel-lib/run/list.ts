import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { recordFile } from './folder.ts'
import { isOrphan, type LiveRun, liveFile, readLive, unreadableLive } from './live.ts'
import { noFolder } from './no-folder.ts'
import { parseRecord } from './parse-record.ts'
import type { RunRecord } from './record.ts'

/** A run found in a folder of runs. */
export type FoundRun =
  | { readonly state: 'ended'; readonly folder: string; readonly record: RunRecord }
  | { readonly state: 'live'; readonly folder: string; readonly live: LiveRun }
  | { readonly state: 'unreadable'; readonly folder: string; readonly problem: string }

/** Every run of a folder, oldest first. A folder that is not there holds none. */
export async function listRuns(runsFolder: string): Promise<readonly FoundRun[]> {
  const entries = await readdir(runsFolder, { withFileTypes: true }).catch((error) => noFolder(runsFolder, error))
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name)
  const found = await Promise.all(names.sort().map((name) => findRun(join(runsFolder, name))))
  return found.filter((run) => run !== null)
}

async function findRun(folder: string): Promise<FoundRun | null> {
  const text = await readFile(recordFile(folder), 'utf8').catch(() => null)
  if (text !== null) return readRecord(text, folder)
  const live = await readLive(folder)
  if (live !== null && (await isOrphan(folder, live)))
    return { state: 'unreadable', folder, problem: 'its launcher is gone, and its record is not written yet' }
  if (live !== null) return { state: 'live', folder, live }
  return existsSync(liveFile(folder)) ? { state: 'unreadable', folder, problem: `run.json ${unreadableLive}` } : null
}

function readRecord(text: string, folder: string): FoundRun {
  const { record, problem } = parseRecord(text)
  return record === null ? { state: 'unreadable', folder, problem } : { state: 'ended', folder, record }
}

import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { harnessOf } from '../harness/harnesses.ts'
import { recordFile } from './folder.ts'
import { cancelFile, type LiveRun } from './live.ts'

const politeMs = 10_000
const lookEveryMs = 100

/**
 * Ends a live run: asks its launcher, and ends the processes that it recorded when ten seconds later there is no record.
 * The launcher itself is left alone: it may be a notebook.
 *
 * @returns Whether the run has its record.
 */
export async function terminateRun(folder: string, live: LiveRun): Promise<boolean> {
  await writeFile(cancelFile(folder), '')
  if (await recorded(folder)) return true
  await (await harnessOf(live.harness)).sweep(folder)
  return recorded(folder)
}

async function recorded(folder: string): Promise<boolean> {
  const deadline = Date.now() + politeMs
  while (Date.now() < deadline) {
    if (existsSync(recordFile(folder))) return true
    await sleep(lookEveryMs)
  }
  return false
}

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from 'hoplab'
import { isCompanion } from 'hoplab/run/stored/companions.ts'
import { bring, removeLeft } from 'hoplab/run/stored/download.ts'
import { storedRecord, storedRun } from 'hoplab/run/stored/find.ts'
import { pool } from 'hoplab/run/stored/pool.ts'
import { filesAtOnce } from 'hoplab/run/stored/upload.ts'
import type { ArtifactStore } from 'hoplab/store/store.ts'
import { sum } from './collect.ts'
import { meter } from './progress.ts'

/** What came of pulling a run. */
export interface Pulled {
  readonly schema: 'hoplab/pull/1'
  readonly run: string
  readonly store: string
  readonly folder: string
  readonly files: number
  readonly bytes: number
  /** Those that were not there before, and their bytes. */
  readonly moved: { readonly files: number; readonly bytes: number }
}

interface PullOptions {
  /** Folder of runs that the run's folder is made in. */
  readonly to: string
  readonly tell: (line: string) => void
  readonly signal: AbortSignal
}

/**
 * Brings a run from a store into a folder of runs, each file checked by its sha256 and whole or not at all, the record last. What is there already stays.
 *
 * @param name Id of the run, or the beginning of it.
 */
export async function pull(store: ArtifactStore, name: string, { to, tell, signal }: PullOptions): Promise<Pulled> {
  const run = await storedRun(store, name)
  const { record } = await storedRecord(store, run)
  const folder = join(to, run)
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new InputError(`--to ${to}: cannot be made (${error.message}); write another folder`)
  })
  await removeLeft(folder)
  const others = (await store.list(`${run}/`)).map((key) => key.slice(run.length + 1)).filter(isCompanion)
  const wanted = [...record.artifacts, ...others.map((path) => ({ path, bytes: 0, sha256: null }))]
  const count = meter('pulled', { allFiles: wanted.length + 1, allBytes: sum(wanted.map(({ bytes }) => bytes)) }, tell)
  const moved: number[] = []
  const one = async ({ path, bytes, sha256 }: (typeof wanted)[number]): Promise<void> => {
    signal.throwIfAborted()
    const came = await bring(store, folder, { run, path, sha256, read: count.moving })
    if (came !== null) moved.push(came)
    count.file(bytes)
  }
  const bringing = pool(filesAtOnce)
  for (const file of wanted) await bringing.add(() => one(file))
  await bringing.done()
  await one({ path: 'record.json', bytes: 0, sha256: null })
  const { files, bytes } = count.moved()
  const result = { schema: 'hoplab/pull/1', run, store: store.name, folder, files, bytes } as const
  return { ...result, moved: { files: moved.length, bytes: sum(moved) } }
}

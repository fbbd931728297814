import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../errors.ts'
import { recordFile } from '../run/folder.ts'
import type { RunRecord } from '../run/record.ts'
import { openStore } from '../store/open.ts'
import { fromStore } from './from-store.ts'
import { type RecordedRun, readRecord } from './read-record.ts'
import type { Wish } from './wish.ts'

/** Where to look for a run. */
export interface Places {
  readonly runsFolder: string
  /** URL of a store, or null. */
  readonly store: string | null
  readonly wish: Wish
  readonly signal?: AbortSignal | undefined
}

/**
 * A run's record and folder: here, or else from the store, with those of its files that are wanted.
 *
 * @throws InputError when it is in neither.
 */
export async function located(
  run: string | RunRecord,
  { runsFolder, store, wish, signal }: Places,
): Promise<RecordedRun> {
  if (store === null) return readRecord(run, runsFolder)
  const remote = (id: string) => fromStore(openStore(store, { signal }), id, { wish, signal, url: store })
  if (typeof run !== 'string')
    return existsSync(recordFile(join(runsFolder, run.run))) ? readRecord(run, runsFolder) : remote(run.run)
  try {
    return await readRecord(run, runsFolder)
  } catch (error) {
    if (!(error instanceof InputError) || run.includes('/')) throw error
    return remote(run).catch((other: Error) => {
      throw new (other.constructor as new (text: string) => Error)(`${error.message}\n${other.message}`)
    })
  }
}

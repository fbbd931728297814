import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { records } from '@hoplab/sdk'
import { cacheFolder } from '../network/cache-folder.ts'
import { recordFile } from '../run/folder.ts'
import { parseRecord } from '../run/parse-record.ts'
import type { RunRecord } from '../run/record.ts'
import { bring, removeLeft } from '../run/stored/download.ts'
import { storedRecord, storedRun } from '../run/stored/find.ts'
import { pool } from '../run/stored/pool.ts'
import { filesAtOnce } from '../run/stored/upload.ts'
import { writeOnce } from '../run/write-once.ts'
import type { ArtifactStore } from '../store/store.ts'
import type { RecordedRun } from './read-record.ts'
import { ownSchemas } from './schemas.ts'
import type { Wish } from './wish.ts'

const hashDigits = 16

/** What is wanted of a stored run. */
export interface StoredWish {
  /** URL of the store; runs of each lie apart in the cache. */
  readonly url: string
  readonly wish: Wish
  readonly signal?: AbortSignal | undefined
}

/**
 * Brings the record of a run, its schemas and those of its files that wanted tables are made of into the cache, and leaves what is there.
 *
 * @param run Its id, or the beginning of it.
 */
export async function fromStore(
  store: ArtifactStore,
  run: string,
  { url, wish, signal }: StoredWish,
): Promise<RecordedRun> {
  const shelf = join(await cacheFolder(), 'runs', createHash('sha256').update(url).digest('hex').slice(0, hashDigits))
  const { record, folder } = (await cached(shelf, run)) ?? (await brought(store, await storedRun(store, run), shelf))
  const files = new Set(
    [...records, ...(await ownSchemas(folder))].filter(({ name }) => wish.reads(name)).map(({ file }) => file),
  )
  const bringing = pool(filesAtOnce)
  for (const { path, sha256 } of record.artifacts) {
    signal?.throwIfAborted()
    if (!files.has(path.split('/').slice(2).join('/'))) continue
    await bringing.add(async () => {
      await bring(store, folder, { run: record.run, path, sha256 })
    })
  }
  await bringing.done()
  return { record, folder }
}

/** A run that was brought before, named by its whole id. */
async function cached(shelf: string, run: string): Promise<RecordedRun | null> {
  const folder = join(shelf, run)
  const text = await readFile(recordFile(folder), 'utf8').catch(() => null)
  const record = text === null ? null : parseRecord(text).record
  return record === null ? null : { record, folder }
}

async function brought(
  store: ArtifactStore,
  id: string,
  shelf: string,
): Promise<{ record: RunRecord; folder: string }> {
  const folder = join(shelf, id)
  const { record, text } = await storedRecord(store, id)
  await mkdir(folder, { recursive: true })
  await removeLeft(folder)
  for (const key of await store.list(`${id}/schemas/`))
    await bring(store, folder, { run: id, path: key.slice(id.length + 1), sha256: null })
  await writeOnce(recordFile(folder), text)
  return { record, folder }
}

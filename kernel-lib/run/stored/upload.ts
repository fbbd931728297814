import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../../errors.ts'
import { clash } from '../../store/key.ts'
import type { ArtifactStore } from '../../store/store.ts'
import { digest } from '../artifacts.ts'
import { recordFile } from '../folder.ts'
import type { Artifact, RunRecord } from '../record.ts'
import { companions } from './companions.ts'
import { pool } from './pool.ts'

/** Files at once. */
export const filesAtOnce = 8

/** A run on its way to a store. */
export interface Upload {
  /** Begins to move a file of the run; resolves when there is room for the next. Throws what an earlier one threw. */
  file(artifact: Artifact): Promise<void>
  /** Moves what is left and then the record, so that a record in the store means that all it lists is there. */
  finish(record: RunRecord): Promise<void>
}

/** Who wants to know how far it is. */
export interface Watcher {
  /** So many bytes of content were read. */
  read?(bytes: number): void
  /** A file is in the store; `sentBytes` moved to it for that, 0 where it was there. */
  kept?(artifact: Artifact, sentBytes: number): void
}

/** Begins to move a run to a store. */
export function upload(
  store: ArtifactStore,
  { run, folder }: { readonly run: string; readonly folder: string },
  watcher: Watcher = {},
): Upload {
  const begun = new Set<string>()
  const moving = pool(filesAtOnce)

  async function put(artifact: Artifact): Promise<void> {
    const { path, bytes, sha256 } = artifact
    const file = join(folder, ...path.split('/'))
    await demandFile(file, path)
    const content = contentOf(file, watcher)
    const { sentBytes } = await store.put(`${run}/${path}`, content, { bytes, sha256 })
    watcher.kept?.(artifact, sentBytes)
  }

  async function file(artifact: Artifact): Promise<void> {
    if (begun.has(artifact.path)) return
    begun.add(artifact.path)
    await moving.add(() => put(artifact))
  }

  return {
    file,
    async finish(record) {
      const all = [...record.artifacts, ...(await companions(folder))]
      const two = clash(all.map(({ path }) => path))
      if (two !== null)
        throw new InputError(`run ${run}: ${two[0]} is a file, and a folder for ${two[1]}; no store keeps both`)
      for (const artifact of all) await file(artifact)
      await moving.done()
      await put({ path: 'record.json', ...(await digest(recordFile(folder))) })
    },
  }
}

async function demandFile(file: string, path: string): Promise<void> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new InputError(`${path}: is in the record and not in the folder; it was removed`)
    throw error
  })
  if (!found.isFile()) throw new InputError(`${path}: is no plain file any more`)
}

/** The file is opened only when its bytes are asked for: most are there already when a run is collected again. */
async function* contentOf(file: string, { read }: Watcher): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    read?.(chunk.length)
    yield chunk
  }
}

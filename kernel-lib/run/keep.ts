import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArtifactStore } from '../store/store.ts'
import { recordFile } from './folder.ts'
import type { RunEvent } from './observer.ts'

/** Copies each file of a run to a store as soon as its instance has ended, and the record last: a record in the store means that all it lists is there. */
export function keepIn(store: ArtifactStore): (event: RunEvent) => Promise<void> {
  let run = ''
  let folder = ''
  const kept = new Set<string>()

  async function put(path: string, sha256: string): Promise<void> {
    if (kept.has(path)) return
    kept.add(path)
    await store.put(`${run}/${path}`, createReadStream(join(folder, path)), sha256)
  }

  return async (event) => {
    if (event.kind === 'run-started') {
      run = event.run
      folder = event.folder
    }
    if (event.kind === 'wrote') await put(event.artifact.path, event.artifact.sha256)
    if (event.kind !== 'run-ended') return
    for (const { path, sha256 } of event.record.artifacts) await put(path, sha256)
    const record = await readFile(recordFile(folder))
    await put('record.json', createHash('sha256').update(record).digest('hex'))
  }
}

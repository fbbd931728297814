import type { ArtifactStore } from '../../store/store.ts'
import type { FoundRun } from '../list.ts'
import { storedRecord } from './find.ts'
import { pool } from './pool.ts'
import { filesAtOnce } from './upload.ts'

/** Every run of a store, oldest first; one without a record is told as unreadable. */
export async function listStored(store: ArtifactStore): Promise<readonly FoundRun[]> {
  const ids = await store.folders('')
  const found = new Map<string, FoundRun>()
  const asking = pool(filesAtOnce)
  for (const id of ids)
    await asking.add(async () => {
      found.set(id, await oneStored(store, id))
    })
  await asking.done()
  return ids.flatMap((id) => found.get(id) ?? [])
}

async function oneStored(store: ArtifactStore, id: string): Promise<FoundRun> {
  const folder = `${store.name}/${id}`
  if (!(await store.has(`${id}/record.json`)))
    return {
      state: 'unreadable',
      folder,
      problem: 'has files and no record yet; hoplab collect, repeated where the run is, completes it',
    }
  return storedRecord(store, id).then(
    ({ record }): FoundRun => ({ state: 'ended', folder, record }),
    (error: Error): FoundRun => ({ state: 'unreadable', folder, problem: error.message }),
  )
}

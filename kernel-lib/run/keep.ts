import type { ArtifactStore } from '../store/store.ts'
import type { RunEvent } from './observer.ts'
import { type Upload, upload } from './stored/upload.ts'

/** Copies each file of a run to a store as soon as its instance has ended, and the record last: a record in the store means that all it lists is there. */
export function keepIn(store: ArtifactStore): (event: RunEvent) => Promise<void> {
  let current: Upload | null = null
  return async (event) => {
    if (event.kind === 'run-started') current = upload(store, event)
    if (event.kind === 'wrote') await current?.file(event.artifact)
    if (event.kind === 'run-ended') await current?.finish(event.record)
  }
}

import type { Observer, RunRecord } from 'hoplab'
import { keepIn } from 'hoplab/run/keep.ts'
import { companions } from 'hoplab/run/stored/companions.ts'
import { upload } from 'hoplab/run/stored/upload.ts'
import { openStore } from 'hoplab/store/open.ts'
import type { ArtifactStore } from 'hoplab/store/store.ts'
import { meter } from './progress.ts'

/** What came of collecting a run. */
export interface Collected {
  readonly schema: 'hoplab/collect/1'
  readonly run: string
  readonly store: string
  /** All of the run's files, its record among them. */
  readonly files: number
  readonly bytes: number
  /** Those that were not there before, and bytes that went to the store for them (compressed). */
  readonly moved: { readonly files: number; readonly bytes: number }
}

/** An observer that keeps a run in a store while it lives: each instance's files when it ends, the record last. */
export function collectTo(url: string): Observer {
  return keepIn(openStore(url))
}

/** Moves a run that has ended to a store; what is there already stays and does not move. */
export async function collect(
  { folder, record }: { readonly folder: string; readonly record: RunRecord },
  store: ArtifactStore,
  { tell, signal }: { readonly tell: (line: string) => void; readonly signal: AbortSignal },
): Promise<Collected> {
  const all = [...record.artifacts, ...(await companions(folder))]
  const count = meter('collected', { allFiles: all.length + 1, allBytes: sum(all.map(({ bytes }) => bytes)) }, tell)
  const sent: number[] = []
  const moving = upload(
    store,
    { run: record.run, folder },
    {
      read: (bytes) => {
        signal.throwIfAborted()
        count.moving(bytes)
      },
      kept(artifact, sentBytes) {
        signal.throwIfAborted()
        count.file(artifact.bytes)
        if (sentBytes > 0) sent.push(sentBytes)
      },
    },
  )
  await moving.finish(record)
  const { files, bytes } = count.moved()
  return {
    schema: 'hoplab/collect/1',
    run: record.run,
    store: store.name,
    files,
    bytes,
    moved: { files: sent.length, bytes: sum(sent) },
  }
}

/** The sum of numbers. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

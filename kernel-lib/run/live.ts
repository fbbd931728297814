import { readFile, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { currentSpec } from '../composition/earlier-spec.ts'
import type { RunSpec } from '../composition/spec.ts'
import { isGone, type Owner } from './owner.ts'
import type { RunRecord } from './record.ts'
import { writeWhole } from './write-once.ts'

/** `run.json`: what is known of a run while it lives, enough for anybody to write its record when its owner is gone. */
export interface LiveRun {
  readonly schema: 'hoplab/live/1'
  readonly run: string
  readonly spec: RunSpec
  readonly specHash: string
  readonly harness: string
  readonly strict: boolean
  readonly startedMs: number
  readonly owner: Owner
  readonly placement: RunRecord['placement']
  readonly versions: RunRecord['versions']
  readonly machine: RunRecord['machine']
}

/** The owner touches `run.json` this often: its lease, for those who cannot see its pid. */
export const leaseMs = 2000
const expiryMs = 60_000

export function liveFile(folder: string): string {
  return join(folder, 'run.json')
}

/** Where somebody asks a live run to end. */
export function cancelFile(folder: string): string {
  return join(folder, 'cancel')
}

export async function writeLive(folder: string, live: LiveRun): Promise<void> {
  await writeWhole(liveFile(folder), `${JSON.stringify(live, null, 2)}\n`)
}

/** Reads `run.json`; null where there is none, or nothing that can be read. */
export async function readLive(folder: string): Promise<LiveRun | null> {
  try {
    const live = JSON.parse(await readFile(liveFile(folder), 'utf8'))
    return live?.schema === 'hoplab/live/1' ? { ...live, spec: currentSpec(live.spec) } : null
  } catch {
    return null
  }
}

/** What is said of a `run.json` that `readLive` finds unreadable. */
export const unreadableLive = 'was cut or altered; nothing can be told of the run, and its folder is left as it is'

/** Extends the lease. */
export async function touchLive(folder: string): Promise<void> {
  const now = new Date()
  await utimes(liveFile(folder), now, now).catch(() => {})
}

/** Whether the owner of a run is gone: by its pid where we see the same processes, else by a lease that ran out. */
export async function isOrphan(folder: string, { owner }: LiveRun): Promise<boolean> {
  const gone = isGone(owner)
  if (gone !== null) return gone
  const touched = await stat(liveFile(folder)).catch(() => null)
  return touched === null || Date.now() - touched.mtimeMs > expiryMs
}

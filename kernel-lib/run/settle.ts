import { createReadStream, existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { programGroups } from '../composition/groups.ts'
import type { Ending, PlanEvent } from '../harness/harness.ts'
import { harnessOf } from '../harness/harnesses.ts'
import { outcomeOf, printedEvent } from '../harness/output/events.ts'
import { splitLines } from '../harness/output/lines.ts'
import { listArtifacts } from './artifacts.ts'
import { finish, recordFile } from './folder.ts'
import { worstOf } from './judge.ts'
import { isOrphan, type LiveRun, readLive } from './live.ts'
import { removeUnfinished } from './make-folder.ts'
import { noFolder } from './no-folder.ts'
import type { Artifact, InstanceRecord, RunRecord } from './record.ts'
import { isUnwritable } from './unwritable.ts'

/**
 * Writes the record of every run in a folder whose owner is gone, from what the run left: an instance that had written is unknown, one that had not is canceled, none is a success.
 * What still runs of such a run is ended first. Folders that an owner who is gone had begun to make are removed.
 *
 * @returns The records written, oldest run first.
 */
export async function settle(runsFolder: string): Promise<readonly RunRecord[]> {
  await removeUnfinished(runsFolder)
  const names: readonly string[] = await readdir(runsFolder).catch((error) => noFolder(runsFolder, error))
  const records: RunRecord[] = []
  for (const name of names.filter((one) => !one.startsWith('.')).sort()) {
    const folder = join(runsFolder, name)
    const live = await readLive(folder)
    if (live === null || !(await isOrphan(folder, live))) continue
    await sweep(folder, live)
    const record = await abandon(folder, live, 'the launcher was gone before the run had ended').catch(unlessUnwritable)
    if (record !== null) records.push(record)
  }
  return records
}

/** A disk that is full or may not be written to: the record is left to a later look. */
function unlessUnwritable(error: NodeJS.ErrnoException): null {
  if (isUnwritable(error)) return null
  throw error
}

/** A harness that is not to be had here left nothing here either. */
async function sweep(folder: string, { harness }: LiveRun): Promise<void> {
  const found = await harnessOf(harness).catch(() => null)
  await found?.sweep(folder)
}

/**
 * Writes the record of a run that nobody carries to its end.
 *
 * @returns The record, or null where the run has one already.
 */
export async function abandon(folder: string, live: LiveRun, why: string): Promise<RunRecord | null> {
  const instances: InstanceRecord[] = []
  const artifacts: Artifact[] = []
  let seq = 0
  for (const { id, count } of existsSync(recordFile(folder)) ? [] : programGroups(live.spec))
    for (let index = 0; index < count; index += 1) {
      seq += 1
      const files = await listArtifacts(folder, `${id}/${index}`)
      artifacts.push(...files)
      instances.push(await abandoned(folder, { group: id, index, seq, files, startedMs: live.startedMs, why }))
    }
  artifacts.push(...(await listArtifacts(folder, 'processes')))
  const { schema: _, owner: __, ...known } = live
  const record: RunRecord = {
    schema: 'hoplab/record/1',
    ...known,
    endedMs: Math.max(live.startedMs, ...instances.map(({ ending }) => ending.endedMs)),
    outcome: worstOf(instances.map(({ outcome }) => outcome)),
    instances,
    artifacts,
    imported: null,
  }
  return (await finish(folder, record)) ? record : null
}

interface Remains {
  readonly group: string
  readonly index: number
  readonly seq: number
  readonly files: readonly Artifact[]
  readonly startedMs: number
  readonly why: string
}

async function abandoned(folder: string, remains: Remains): Promise<InstanceRecord> {
  const { group, index, seq, files, startedMs, why } = remains
  const log = ['run.out', 'stdout.log'].map((name) => files.find(({ path }) => path.endsWith(`/${name}`))?.path)
  const path = log.find((found) => found !== undefined)
  const stdoutEvents = path === undefined ? [] : await outcomesIn(join(folder, path))
  const times = await Promise.all(files.map(async (file) => (await stat(join(folder, file.path))).mtimeMs))
  const started = files.length > 0
  const said = stdoutEvents.map(outcomeOf).filter((outcome) => outcome !== null)
  const heard = said.length === 0 ? '' : `; it had printed ${said.join(', ')}`
  const ending: Ending = {
    exit: null,
    killed: started ? null : 'canceled',
    fault: null,
    stdoutEvents,
    syncEvents: [],
    lastWords: '',
    waitingFor: null,
    startedMs,
    endedMs: Math.round(Math.max(startedMs, ...times)),
  }
  const outcome = started ? 'unknown' : 'canceled'
  const spoke = said.length === 0 ? [] : ['stdout']
  return { group, index, seq, outcome, reason: `${outcome}: ${why}${heard}`, spoke, ending }
}

async function outcomesIn(file: string): Promise<readonly PlanEvent[]> {
  const events: PlanEvent[] = []
  const lines = splitLines((line) => {
    const event = printedEvent(line)?.event
    if (event !== undefined && outcomeOf(event) !== null && events.length < 8) events.push(event)
  })
  for await (const chunk of createReadStream(file)) lines.push(chunk as Buffer)
  lines.end()
  return events
}

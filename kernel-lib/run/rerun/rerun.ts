import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Workspace } from '../../command.ts'
import { InputError } from '../../errors.ts'
import { endedRun } from '../ended-run.ts'
import { recordFile } from '../folder.ts'
import type { Observer } from '../observer.ts'
import { parseRecord } from '../parse-record.ts'
import type { RunRecord } from '../record.ts'
import { run } from '../run.ts'
import { runsFolderOf } from '../runs-folder.ts'
import { runSummary } from '../summary.ts'
import { changedSince } from './changed.ts'
import type { RunAt } from './compare-files.ts'
import { compareRuns } from './compare-runs.ts'
import { ofRecord } from './of-record.ts'
import type { Rerun } from './result.ts'
import { showing } from './showing.ts'

export interface RerunOptions {
  /** Another seed. Default: the run's own. */
  readonly seed?: number
  /** Where the run is looked for, and the repetition goes. Default: as `runsFolderOf` tells. */
  readonly runsFolder?: string
  /** Where the plan is looked for. Default: the workspace around the current folder. */
  readonly workspace?: Workspace
  readonly observers?: readonly Observer[]
  /** Ends the repetition. Default in a notebook: the interruption of the cell. */
  readonly signal?: AbortSignal
  /** Told what has changed since, a line each, before anything runs. */
  readonly onChanged?: (line: string) => void
}

/**
 * Repeats a run from its record as a new run, and compares the two. Only simulations can be compared: their traces event by event, and what their instances wrote file by file.
 *
 * @param name Run id, its beginning, a folder of a run, or a record; the newest run where it is undefined.
 * @throws InputError where there is no such run, it was imported, or its plan is gone or takes it no longer.
 */
export async function rerun(name: string | RunRecord | undefined, options: RerunOptions = {}): Promise<Rerun> {
  const { seed = null, runsFolder = runsFolderOf(), workspace, onChanged = () => {}, signal, observers } = options
  const of = await recorded(name, runsFolder)
  const { experiment, sameSpec } = await ofRecord(of.record, of.folder, { seed, workspace })
  const changed = [
    ...(await changedSince(of.record, experiment.plan)),
    ...(sameSpec ? [] : ['what its composition means to the plan; the spec of the record is run']),
    ...(seed === null || seed === of.record.spec.seed
      ? []
      : [`seed ${of.record.spec.seed}, now ${seed}, as was asked`]),
  ]
  for (const line of changed) onChanged(`changed since run ${of.record.run}: ${line}`)
  const record = await run(experiment, {
    runsFolder,
    strict: of.record.strict,
    ...(observers && { observers }),
    ...(signal && { signal }),
  })
  const again = { record, folder: join(runsFolder, record.run) }
  const compared = await compareRuns(of, again)
  const { schema: _, ...summary } = runSummary(record, again.folder)
  return showing({ schema: 'hoplab/rerun/1', ...summary, of: of.record.run, ...compared, changed })
}

async function recorded(name: string | RunRecord | undefined, runsFolder: string): Promise<RunAt> {
  if (typeof name === 'object') return { record: name, folder: join(runsFolder, name.run) }
  const folder = await endedRun(name, runsFolder)
  const { record, problem } = parseRecord(await readFile(recordFile(folder), 'utf8'))
  if (record === null) throw new InputError(`run ${name ?? folder}: ${problem}`)
  return { record, folder }
}

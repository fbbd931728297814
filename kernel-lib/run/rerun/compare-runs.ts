import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../../errors.ts'
import { traceFile } from '../../harness/sim/settings.ts'
import { simulated } from '../simulated.ts'
import { compareFiles, type RunAt } from './compare-files.ts'
import { compareTraces, type TracesCompared } from './compare-traces.ts'
import type { Rerun } from './result.ts'

type Compared = Pick<Rerun, 'identical' | 'why' | 'firstDifference' | 'files' | 'events'>

/** Holds a repetition against the run that it repeats. */
export async function compareRuns(of: RunAt, rerun: RunAt): Promise<Compared> {
  const why = incomparable(of, rerun)
  if (why !== null) return { identical: null, why, files: null, events: null }
  const traces = await tracesOf(of, rerun)
  const files = await compareFiles(of, rerun)
  if (!traces.same)
    return { identical: false, ...altered(of, rerun), firstDifference: traces.difference, files, events: null }
  const { events } = traces
  if (events === 0) return { identical: null, why: 'their traces hold no event', files, events }
  const [path] = files.first
  if (path === undefined) return { identical: true, files, events }
  return { identical: false, firstDifference: { kind: 'file', path }, files, events }
}

function incomparable(of: RunAt, rerun: RunAt): string | null {
  const both = [of, rerun].map((run) => ({ ...run, simulation: simulated(run.record) }))
  if (both.some(({ simulation }) => simulation === null))
    return `only a simulation can be compared, and ${of.record.harness} leaves time and order to the machine`
  const cut = both.find(({ simulation }) => simulation?.trace === null)
  if (cut !== undefined) return `run ${cut.record.run} did not come to its end, and its trace is cut`
  if (!existsSync(join(of.folder, traceFile)))
    return `${traceFile} is not in ${of.folder}; bring it: hoplab pull ${of.record.run}`
  return null
}

/** A trace that differs although the records agree on its hash is not the one that the run wrote. */
function altered(of: RunAt, rerun: RunAt): { readonly why?: string } {
  const [before, after] = [of, rerun].map(({ record }) => simulated(record)?.trace?.sha256)
  return before === after ? { why: `${join(of.folder, traceFile)} was altered: it is not what its record says` } : {}
}

async function tracesOf(of: RunAt, rerun: RunAt): Promise<TracesCompared> {
  const file = join(of.folder, traceFile)
  return compareTraces(file, join(rerun.folder, traceFile)).catch((error: NodeJS.ErrnoException) => {
    if (!error.code?.startsWith('Z_')) throw error
    throw new InputError(`${file}: was cut or altered (${error.message}); bring it again: hoplab pull ${of.record.run}`)
  })
}

import type { RecordSchema } from '@hoplab/sdk'
import type { ColumnTable } from 'arquero'
import type { RunRecord } from '../../run/record.ts'
import { growingTable, interning } from '../columns.ts'
import { readRecord } from '../read-record.ts'
import { eventKinds } from './line.ts'
import { eventStream, type InstanceEvent } from './stream.ts'

const columns: RecordSchema['columns'] = {
  ts_ms: { type: 'number', unit: 'ms', about: 'When, since the Unix epoch.' },
  kind: { type: 'string', values: eventKinds, about: 'What it tells of.' },
  name: { type: 'string?', about: 'The stage; null for what is none.' },
  text: { type: 'string', about: 'The message, the error or the line.' },
}

/**
 * Reads what the instances of runs told as one table, by time: run, group, instance, seed, ts_ms, kind (start, message, stage-start, stage-end, success, failure, crash,
 * line, stderr), name (of a stage) and text.
 *
 * @param runs A run id or its beginning, the path of a run's folder, a record, or several of them; rows of several follow each other in their order.
 * @throws InputError when a run is not there or its record is not one.
 */
export async function loadEvents(
  runs: string | RunRecord | readonly (string | RunRecord)[],
  { runsFolder }: { /** Default: as `runsFolderOf` tells. */ readonly runsFolder?: string } = {},
): Promise<ColumnTable> {
  const given = (Array.isArray(runs) ? runs : [runs]) as readonly (string | RunRecord)[]
  const rows = growingTable(columns, interning())
  for (const one of given) {
    const { record, folder } = await readRecord(one, runsFolder)
    for (const { atMs, group, index, kind, name, text } of await runEvents(folder, record))
      rows.add({ run: record.run, group, instance: index, seed: record.spec.seed }, { ts_ms: atMs, kind, name, text })
  }
  return rows.finish()
}

/** Everything that the instances of a run told, by time; what has one time, in the order of the instances. */
export async function runEvents(folder: string, { instances, startedMs }: RunRecord): Promise<InstanceEvent[]> {
  const told = await Promise.all(
    instances.map(({ group, index }) => eventStream(folder, { group, index }, startedMs).rest()),
  )
  return told.flat().sort((a, b) => a.atMs - b.atMs)
}

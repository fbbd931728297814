import { AbsentError, InputError } from '../../errors.ts'
import type { ArtifactStore } from '../../store/store.ts'
import { parseRecord } from '../parse-record.ts'
import type { RunRecord } from '../record.ts'

const named = 8

/**
 * The id of a run in a store, from its id or the beginning of it that only one has.
 *
 * @throws InputError when none or several fit, naming them; AbsentError when its record is not there yet.
 */
export async function storedRun(store: ArtifactStore, name: string): Promise<string> {
  if (name === '' || name.includes('/'))
    throw new InputError(`run "${name}": write its id in the store ${store.name}, or the beginning of it`)
  const ids = await store.folders('')
  const fitting = ids.includes(name) ? [name] : ids.filter((id) => id.toUpperCase().startsWith(name.toUpperCase()))
  const [id] = fitting
  const list = (some: readonly string[]): string =>
    some.length > named ? `${some.slice(-named).join(', ')} and ${some.length - named} more` : some.join(', ')
  if (id === undefined)
    throw new InputError(
      `run ${name}: no run in ${store.name} begins so; there ${ids.length === 0 ? 'is none' : `are ${list(ids)}`}`,
    )
  if (fitting.length > 1)
    throw new InputError(
      `run ${name}: ${fitting.length} runs in ${store.name} begin so; write more of one: ${list(fitting)}`,
    )
  if (await store.has(`${id}/record.json`)) return id
  throw new AbsentError(
    `run ${id}: ${store.name} has files of it and no record yet: it still runs, or its collector was stopped; repeat hoplab collect ${id} where the run is`,
  )
}

/** The text of a stored run's record, and the record. */
export interface StoredRecord {
  readonly record: RunRecord
  readonly text: string
}

/**
 * Reads a run's record in a store.
 *
 * @throws InputError when it is no record, or another run's.
 */
export async function storedRecord(store: ArtifactStore, run: string): Promise<StoredRecord> {
  const key = `${run}/record.json`
  const chunks: Uint8Array[] = []
  for await (const chunk of store.get(key, null)) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  const { record, problem } = parseRecord(text)
  if (record === null) throw new InputError(`${store.name}/${key}: ${problem}`)
  if (record.run !== run)
    throw new InputError(`${store.name}/${key}: is the record of run ${record.run}; somebody moved it`)
  return { record, text }
}

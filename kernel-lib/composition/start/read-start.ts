import type { StartDraft } from '../draft.ts'
import { type Problem, unknownName } from '../problems.ts'
import type { Reader } from '../reader.ts'
import { readEntries } from './recorded/read-entries.ts'
import { type TableKind, tableKinds } from './start.ts'

/** Whence recorded tables are. */
const sourceKeys = ['file', 'run', 'snapshot', 'entries', 'keys_sha256']

/** Reads the table `start` of a composition; null where there is none. */
export function readStart(composition: Reader, problems: Problem[]): StartDraft | null {
  const read = composition.inner('start')
  if (read === undefined) return null
  const tables = readTables(read, problems)
  const start = {
    tables,
    fill: read.number('fill', { above: 0, max: 1 }) ?? 1,
    neighbourhood: read.number('neighbourhood', { min: 0, max: 1 }) ?? null,
    stale: read.number('stale', { min: 0, max: 1 }) ?? 0,
    prefixLength: read.number('prefix_length', { min: 1, max: 32, whole: true }) ?? null,
    seed: read.number('seed', { min: 0, whole: true }) ?? null,
    recorded: readEntries(read, tables === 'recorded' ? problems : null),
    where: read.where,
  }
  if (tables !== null)
    problems.push(
      ...(tables === 'trie' ? [] : beside(read, ['prefix_length'], 'is of tables = "trie" alone')),
      ...(tables === 'recorded'
        ? beside(read, ['fill', 'neighbourhood', 'stale'], 'says what recorded tables say themselves')
        : beside(read, sourceKeys, 'is of tables = "recorded" alone')),
    )
  problems.push(...read.unknown())
  return start
}

function readTables(read: Reader, problems: Problem[]): TableKind | null {
  const where = read.where('tables')
  if (read.value('tables') === undefined) problems.push({ where, what: 'is missing; write tables = "kademlia"' })
  const given = read.text('tables')
  const kind = tableKinds.find((known) => known === given) ?? null
  if (given !== undefined && kind === null)
    problems.push({ where, ...unknownName(`tables "${given}"`, given, { names: tableKinds, of: 'tables' }) })
  return kind
}

/** Keys that stand and are not of these tables. */
function beside(read: Reader, keys: readonly string[], why: string): readonly Problem[] {
  return keys
    .filter((key) => read.value(key) !== undefined)
    .map((key) => ({ where: read.where(key), what: `${why}, and tables = "${read.text('tables')}"; remove it` }))
}

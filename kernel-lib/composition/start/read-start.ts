import type { StartDraft } from '../draft.ts'
import { type Problem, unknownName } from '../problems.ts'
import type { Reader } from '../reader.ts'
import { type TableKind, tableKinds } from './start.ts'

/** Reads the table `start` of a composition; null where there is none. */
export function readStart(composition: Reader, problems: Problem[]): StartDraft | null {
  const read = composition.inner('start')
  if (read === undefined) return null
  const tables = readTables(read, problems)
  const start = {
    tables,
    fill: read.number('fill', { above: 0, max: 1 }) ?? 1,
    stale: read.number('stale', { min: 0, max: 1 }) ?? 0,
    prefixLength: read.number('prefix_length', { min: 1, max: 32, whole: true }) ?? null,
    seed: read.number('seed', { min: 0, whole: true }) ?? null,
    recorded: null,
    where: read.where,
  }
  if (tables !== null && tables !== 'trie') refuseBeside(read, { keys: ['prefix_length'], of: 'trie', problems })
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

interface Beside {
  readonly keys: readonly string[]
  /** The one kind of tables that they are of. */
  readonly of: TableKind
  readonly problems: Problem[]
}

function refuseBeside(read: Reader, { keys, of, problems }: Beside): void {
  for (const key of keys.filter((name) => read.value(name) !== undefined)) {
    const what = `is of tables = "${of}" alone, and tables = "${read.text('tables')}"; remove it`
    problems.push({ where: read.where(key), what })
  }
}

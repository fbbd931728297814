import { refuseAny } from '../problems.ts'
import { fillTables } from '../start/recorded/fill-tables.ts'
import { isTable, type Table } from '../toml.ts'
import { type Filling, type Resource, readNamed } from './filling.ts'
import { readColumn, readMatrix } from './read-csv.ts'

/** A composition that names no file any more. */
export interface Filled {
  readonly table: Table
  /** The files whose values it now holds, in the order in which they stood. */
  readonly files: readonly string[]
  /** A comment that names them, a line of TOML; empty where there are none. */
  readonly remark: string
}

/** Where a composition's files are, and how it spells. */
export interface FillOptions {
  /** The composition's own, named in messages. */
  readonly file: string
  readonly resource: Resource
  /** How a key named in snake_case is spelled in this source. Default: as it is. */
  readonly spell?: (key: string) => string
}

/**
 * Puts in place of each `file` of recorded times, of regions and of recorded tables the values that it holds, so that the
 * composition tells its experiment alone.
 *
 * @throws InputError that lists every file that is not there, or holds something else.
 */
export function fillFiles(table: Table, { file, resource, spell = (key) => key }: FillOptions): Filled {
  const filling: Filling = { resource, spell, problems: [], files: [] }
  const filled = Object.entries(table)
    .filter(([key]) => key === 'network' || key === 'groups')
    .map(([key, value]) => [key, fill(value, key, filling)])
  const start = table.start === undefined ? {} : { start: fillTables(table.start, filling) }
  refuseAny(file, filling.problems)
  const remark =
    filling.files.length === 0 ? '' : `# holds the values of ${filling.files.join(' and ').replaceAll('\n', ' ')}\n`
  return { table: { ...table, ...Object.fromEntries(filled), ...start }, files: filling.files, remark }
}

function fill(value: unknown, where: string, filling: Filling): unknown {
  if (Array.isArray(value)) return value.map((item, index) => fill(item, placeOf(item, where, index), filling))
  if (!isTable(value)) return value
  if (value.distribution === 'recorded' && value.file !== undefined) return fillRecorded(value, where, filling)
  if (where === 'network.regions' && value.file !== undefined) return fillRegions(value, where, filling)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, `${where}.${key}`, filling)]))
}

const placeOf = (item: unknown, where: string, index: number): string =>
  where === 'groups' && isTable(item) && typeof item.id === 'string' ? `group "${item.id}"` : `${where}[${index}]`

function fillRecorded(table: Table, where: string, filling: Filling): Table {
  const { file, column, ...rest } = table
  const text = textOf(file, where, filling)
  if (rest.values !== undefined) beside('values', where, filling)
  if (text === null) return rest
  const found = readColumn(text, column)
  if ('fault' in found) filling.problems.push({ where: `${where}.${found.key}`, what: `${file}: ${found.fault}` })
  return { ...rest, values: 'fault' in found ? [] : found.values }
}

function fillRegions(table: Table, where: string, filling: Filling): Table {
  const { file, ...rest } = table
  const text = textOf(file, where, filling)
  const latencyKey = filling.spell('latency_ms')
  for (const key of ['names', latencyKey].filter((name) => rest[name] !== undefined)) beside(key, where, filling)
  if (text === null) return rest
  const found = readMatrix(text)
  if ('fault' in found) filling.problems.push({ where: `${where}.file`, what: `${file}: ${found.fault}` })
  return 'fault' in found ? rest : { ...rest, names: found.names, [latencyKey]: found.latencyMs }
}

function beside(key: string, where: string, { problems }: Filling): void {
  problems.push({ where: `${where}.file`, what: `stands beside ${key}; write one of them` })
}

function textOf(file: unknown, where: string, filling: Filling): string | null {
  if (typeof file !== 'string' || file === '') {
    filling.problems.push({ where: `${where}.file`, what: 'is no path; write file = "times.csv"' })
    return null
  }
  const text = readNamed(file, `${where}.file`, filling)
  if (text !== null) filling.files.push(file)
  return text
}

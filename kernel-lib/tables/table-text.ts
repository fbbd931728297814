import type { ColumnTable } from 'arquero'
import { InputError } from '../errors.ts'

/** Forms that a table is written in. */
export const tableFormats = ['csv', 'json', 'ndjson'] as const
export type TableFormat = (typeof tableFormats)[number]

const pieceChars = 1 << 16

/**
 * A table as text, in pieces of about 64 KiB that end at a line's end, so that it is never held whole.
 *
 * - `csv`: RFC 4180 with `\n`, as read.csv and pandas.read_csv take it: a header, absent values empty, arrays as JSON text, true and false in lower case.
 * - `json`: one array of objects. `ndjson`: one object a line.
 *
 * @throws InputError when the format is not one of these.
 */
export function* tableText(table: ColumnTable, format: string): Generator<string> {
  const lines = linesOf(table, format)
  let held: string[] = []
  let chars = 0
  for (const line of lines) {
    held.push(line)
    chars += line.length
    if (chars < pieceChars) continue
    yield held.join('')
    held = []
    chars = 0
  }
  if (held.length > 0) yield held.join('')
}

type Cells = (row: number) => readonly unknown[]

function linesOf(table: ColumnTable, format: string): Generator<string> {
  const names = table.columnNames()
  const columns = names.map((name) => table.column(name))
  const cells: Cells = (row) => columns.map((column) => column?.at(row) ?? null)
  if (format === 'csv') return csv(table, names, cells)
  const object = (row: number): string =>
    JSON.stringify(Object.fromEntries(cells(row).map((cell, i) => [names[i], cell])))
  if (format === 'ndjson') return ndjson(table, object)
  if (format === 'json') return json(table, object)
  throw new InputError(`--format ${format}: write one of ${tableFormats.join(', ')}`)
}

function* csv(table: ColumnTable, names: readonly string[], cells: Cells): Generator<string> {
  yield `${names.map(field).join(',')}\n`
  for (const row of table.indices()) yield `${cells(row).map(field).join(',')}\n`
}

function* ndjson(table: ColumnTable, object: (row: number) => string): Generator<string> {
  for (const row of table.indices()) yield `${object(row)}\n`
}

function* json(table: ColumnTable, object: (row: number) => string): Generator<string> {
  let before = '[\n'
  for (const row of table.indices()) {
    yield `${before}${object(row)}`
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

function field(value: unknown): string {
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  // An empty string is quoted, to differ from an absent value; and so are spaces at an end, which some readers strip.
  return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

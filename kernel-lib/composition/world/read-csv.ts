import { csvParseRows } from 'd3-dsv'

/** What is wrong in a file, and with which key of those that name it. */
export interface Fault {
  readonly key: 'file' | 'column'
  readonly fault: string
}

/**
 * Numbers of one column of a CSV file whose first line names the columns.
 *
 * @param column Its name; may be absent where there is one column.
 */
export function readColumn(text: string, column: unknown): { readonly values: readonly number[] } | Fault {
  const [header = [], ...rows] = rowsOf(text)
  const names = header.map((name) => name.trim())
  const name = column ?? (names.length === 1 ? names[0] : undefined)
  const at = typeof name === 'string' ? names.indexOf(name) : -1
  if (at === -1) {
    const found = column === undefined ? 'the column is missing' : `has no column ${JSON.stringify(column)}`
    return { key: 'column', fault: `${found}; it has ${names.join(', ') || 'none'}` }
  }
  const values = rows.map((row) => numberOf(row[at]))
  const wrong = values.indexOf(null)
  if (wrong !== -1)
    return { key: 'file', fault: `row ${wrong + 1} has ${quoted(rows[wrong]?.[at])} as ${name}; write a number` }
  if (values.length === 0) return { key: 'file', fault: 'has no row below its header; write one for each time' }
  return { values: values.filter((value) => value !== null) }
}

/** A square table of numbers whose first row and first column name the same things, in any order; the order is that of the first row. */
export function readMatrix(
  text: string,
): { readonly names: readonly string[]; readonly latencyMs: readonly (readonly number[])[] } | Fault {
  const [header = [], ...rows] = rowsOf(text)
  const names = header.slice(1).map((name) => name.trim())
  const byName = new Map(rows.map((row) => [row[0]?.trim() ?? '', row.slice(1)]))
  const alike = names.length === rows.length && names.every((name) => byName.has(name))
  if (names.length === 0 || !alike) {
    const [across, down] = [names.join(', ') || 'none', rows.map((row) => row[0]).join(', ') || 'none']
    return {
      key: 'file',
      fault: `its first row names ${across}, its first column ${down}; write the same names in both`,
    }
  }
  const latencyMs: number[][] = []
  for (const name of names) {
    const numbers = names.map((_, at) => numberOf(byName.get(name)?.[at]))
    const wrong = numbers.findIndex((value) => value === null || value < 0)
    if (wrong !== -1) {
      const cell = quoted(byName.get(name)?.[wrong])
      return { key: 'file', fault: `from ${name} to ${names[wrong]} is ${cell}; write a number of at least 0` }
    }
    latencyMs.push(numbers.filter((value) => value !== null))
  }
  return { names, latencyMs }
}

/** Rows that are not empty. */
function rowsOf(text: string): readonly (readonly string[])[] {
  return csvParseRows(text.replace(/^\uFEFF/, '')).filter((row) => row.some((cell) => cell.trim() !== ''))
}

function numberOf(cell: string | undefined): number | null {
  const text = cell?.trim() ?? ''
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : null
}

const quoted = (cell: string | undefined): string => (cell === undefined ? 'nothing' : `"${cell}"`)

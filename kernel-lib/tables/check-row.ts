import type { Column, RecordSchema } from '@hoplab/sdk'

type Value = unknown
type Test = (value: Value) => boolean

const isStrings: Test = (value) => Array.isArray(value) && value.every((item) => typeof item === 'string')
const tests: Readonly<Record<string, Test>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isSafeInteger,
  boolean: (value) => typeof value === 'boolean',
  strings: isStrings,
  buckets: (value) => Array.isArray(value) && value.every(isStrings),
}
const words: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  strings: 'an array of strings',
  buckets: 'an array of arrays of strings',
}

/**
 * Makes the check of one kind of record: it returns what is wrong with a parsed line, or null.
 * Every column must be there and of its type; columns that the schema does not name are let pass, since a newer plan may write more.
 */
export function rowCheck(schema: RecordSchema): (row: unknown) => string | null {
  const checks = Object.entries(schema.columns).map(([name, column]) => ({ name, column, fits: fitting(column) }))
  return (row) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return `expected an object, found ${shown(row)}`
    const values = row as Readonly<Record<string, unknown>>
    for (const { name, column, fits } of checks)
      if (!fits(values[name])) return `${name}: expected ${expected(column)}, found ${shown(values[name])}`
    return null
  }
}

function fitting(column: Column): Test {
  const plain = tests[column.type.replace('?', '')]
  if (plain === undefined) return () => false
  const allowed = column.values === undefined ? null : new Set<unknown>(column.values)
  const fits: Test = allowed === null ? plain : (value) => allowed.has(value)
  return column.type.endsWith('?') ? (value) => value === null || fits(value) : fits
}

function expected(column: Column): string {
  const plain = column.type.replace('?', '')
  const what = column.values === undefined ? (words[plain] ?? `a known type, not ${plain}`) : column.values.join(', ')
  return column.type.endsWith('?') ? `${what} or null` : what
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

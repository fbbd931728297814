import type { Column, RecordSchema } from '@hoplab/sdk'
import { type ColumnTable, table } from 'arquero'

/** A column that grows by one value a row. */
export interface GrowingColumn {
  push(value: unknown): void
  /** What Arquero takes as a column: a Float64Array for numbers that are never null, else an array in which null stays null. */
  values(): Float64Array | readonly unknown[]
}

/** Gives one and the same string for equal text, so that a peer id that stands in a million rows is held once. */
export type Intern = (text: string) => string

/** A new, empty set of strings held once. */
export function interning(): Intern {
  const known = new Map<string, string>()
  return (text) => {
    const held = known.get(text)
    if (held !== undefined) return held
    known.set(text, text)
    return text
  }
}

/** A column of numbers that are never null. */
export function numbers(): GrowingColumn {
  let held = new Float64Array(1024)
  let length = 0
  return {
    push(value) {
      if (length === held.length) {
        const wider = new Float64Array(length * 2)
        wider.set(held)
        held = wider
      }
      held[length++] = value as number
    },
    values: () => held.slice(0, length),
  }
}

/** A column of any other values. */
export function values(intern: Intern): GrowingColumn {
  const held: unknown[] = []
  const share = (value: unknown): unknown =>
    typeof value === 'string' ? intern(value) : Array.isArray(value) ? value.map(share) : value
  return {
    push: (value) => {
      held.push(share(value))
    },
    values: () => held,
  }
}

/** The column that fits a schema's column. */
export function columnFor(column: Column, intern: Intern): GrowingColumn {
  return column.type === 'number' || column.type === 'integer' ? numbers() : values(intern)
}

/** Where a row comes from; the first columns of every table. */
export interface Origin {
  readonly run: string
  readonly group: string
  readonly instance: number
  readonly seed: number
}

/** A table under construction: rows of one schema, each with its origin before it. */
export interface GrowingTable {
  add(origin: Origin, row: Readonly<Record<string, unknown>>): void
  /** Rows so far. */
  size(): number
  finish(): ColumnTable
}

const originColumns: RecordSchema['columns'] = {
  run: { type: 'string', about: 'Run id.' },
  group: { type: 'string', about: 'Group of the instance.' },
  instance: { type: 'integer', about: 'Index of the instance in its group.' },
  seed: { type: 'integer', about: 'Seed of the run.' },
}

/** An empty table with the columns of `columns` after those of the origin. */
export function growingTable(columns: RecordSchema['columns'], intern: Intern): GrowingTable {
  const own = Object.entries(columns).map(([name, column]) => ({ name, column: columnFor(column, intern) }))
  const origins = Object.entries(originColumns).map(([name, column]) => ({ name, column: columnFor(column, intern) }))
  let size = 0
  return {
    add(origin, row) {
      const from = origin as unknown as Readonly<Record<string, unknown>>
      for (const { name, column } of origins) column.push(from[name])
      for (const { name, column } of own) column.push(row[name])
      size++
    },
    size: () => size,
    finish: () =>
      table(Object.fromEntries([...origins, ...own].map(({ name, column }) => [name, column.values()] as const))),
  }
}

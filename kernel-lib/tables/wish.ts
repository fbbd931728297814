import { lookupRecord, nearestRecord, queryRecord, surroundingsRecord, tableRecord } from '@hoplab/sdk'
import { InputError } from '../errors.ts'

/** Which tables somebody wants of a run. */
export interface Wish {
  /** Whether the records of a kind have to be read for them. */
  reads(kind: string): boolean
  /** @throws InputError for a table that was not asked for. */
  demand(table: string): void
  /** @throws InputError where a table was asked for that is none of these. */
  refuseUnknown(names: readonly string[]): void
}

/** Tables that need no file of an instance. */
const always: ReadonlySet<string> = new Set(['instances', 'damage'])

/** Kinds of record that a table is made of. */
function kindsOf(table: string): readonly string[] {
  if (table === 'entries') return [tableRecord.name]
  if (table === queryRecord.name) return [queryRecord.name, lookupRecord.name]
  if (table === lookupRecord.name) return [lookupRecord.name, nearestRecord.name]
  if (table === tableRecord.name) return [tableRecord.name, surroundingsRecord.name]
  return [table]
}

/** A wish from the names of tables; undefined wants all. */
export function wishOf(tables: readonly string[] | undefined): Wish {
  const kinds = new Set((tables ?? []).flatMap(kindsOf))
  return {
    reads: (kind) => tables === undefined || kinds.has(kind),
    demand(table) {
      if (tables === undefined || always.has(table) || kindsOf(table).every((kind) => kinds.has(kind))) return
      throw new InputError(
        `table ${table}: was not asked for; write load(run, { tables: [${[...tables, table].map((name) => `'${name}'`).join(', ')}] })`,
      )
    },
    refuseUnknown(names) {
      const unknown = (tables ?? []).filter((table) => !names.includes(table))
      if (unknown.length > 0)
        throw new InputError(`table ${unknown.join(', ')}: there is none of that name; there are ${names.join(', ')}`)
    },
  }
}

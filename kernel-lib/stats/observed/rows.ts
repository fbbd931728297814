import type { RecordSchema, Row } from '@hoplab/sdk'
import type { ColumnTable } from 'arquero'
import type { Origin } from '../sample/clusters.ts'

/** A row of a table with the run, group, instance and seed that it comes from. */
export type RowOf<S extends RecordSchema> = Row<S> & Origin & { readonly seed: number }

/** Rows of a table as plain objects, in its order; numbers and lists that are absent are null, as the schema says. */
export function rowsOf<S extends RecordSchema>(table: ColumnTable, schema: S): RowOf<S>[] {
  const nullable = Object.entries(schema.columns).flatMap(([name, column]) => (column.type.endsWith('?') ? [name] : []))
  const rows = table.objects({ limit: Number.POSITIVE_INFINITY }) as Record<string, unknown>[]
  for (const row of rows)
    for (const name of nullable) if (row[name] === undefined || Number.isNaN(row[name])) row[name] = null
  return rows as RowOf<S>[]
}

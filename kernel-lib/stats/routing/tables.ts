import { snapshotSchema } from '../../tables/snapshots.ts'
import type { Observed } from '../observed/observed.ts'
import { type RowOf, rowsOf } from '../observed/rows.ts'
import { type Truth, truthOf } from '../observed/truth.ts'

/** A row of the snapshots: one routing table. Of a network that began warm it tells who was near its owner and which of its entries were stale, which no record of another node does. */
export type TableRow = RowOf<typeof snapshotSchema>

/** Routing tables at one named moment, one per node, and who took part. */
export interface Tables {
  /** The named moment; null where there are no tables. */
  readonly snapshot: string | null
  readonly tables: readonly TableRow[]
  /** Nodes that there should be a table of: instances of the records. */
  readonly expected: number
  readonly missing: number
  readonly truth: Truth
}

/** Routing tables of a named moment: `end` unless said, else the one taken last. A node that told more than once counts with its last. */
export function tablesAt(data: Observed, options: { snapshot?: string } = {}): Tables {
  const rows = rowsOf(data.snapshots, snapshotSchema)
  const snapshot = options.snapshot ?? latest(rows)
  const last = new Map<string, TableRow>()
  for (const row of rows) if (row.snapshot === snapshot) last.set(`${row.run}/${row.peer}`, row)
  const tables = [...last.values()]
  const expected = data.records.reduce((sum, record) => sum + record.instances.length, 0)
  const told = Math.max(expected, tables.length)
  return { snapshot, tables, expected: told, missing: told - tables.length, truth: truthOf(data) }
}

function latest(rows: readonly TableRow[]): string | null {
  if (rows.some((row) => row.snapshot === 'end')) return 'end'
  const [first, ...rest] = rows
  if (!first) return null
  return rest.reduce((last, row) => (row.ts_ms > last.ts_ms ? row : last), first).snapshot
}

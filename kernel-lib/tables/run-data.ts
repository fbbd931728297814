import type { ColumnTable } from 'arquero'
import type { RunRecord } from '../run/record.ts'

/** Something that was recorded, or should have been, and cannot be read. It is counted as missing, never dropped in silence. */
export interface Damage {
  readonly run: string
  /** File in the run's folder: `<group>/<index>/<file>`. */
  readonly path: string
  /** Table that its rows would have entered. */
  readonly table: string
  /** Line number from 1; null where the whole file is meant. */
  readonly line: number | null
  /** Rows lost: 1 for a line, more for lines told together, null where nobody can know, 0 where the rows could be read and only the file is not as recorded. */
  readonly rows: number | null
  /** One line for people. */
  readonly problem: string
}

/**
 * What was read of one run or several, rows concatenated in the order of the runs.
 * Every table begins with the columns run, group, instance (index in its group) and seed; the columns of its record schema follow.
 * Numbers that are never null are Float64Array columns; absent values are null.
 */
export interface RunData {
  readonly records: readonly RunRecord[]
  /** One row an instance of the spec: seq, outcome, reason. */
  readonly instances: ColumnTable
  readonly nodes: ColumnTable
  /** With `nearest`: the k servers truly nearest to the target, where the run's nodes do not tell (a network most of whose nodes run no program); else null. */
  readonly lookups: ColumnTable
  /** With `phase` of the lookup and `lookup_row`, its row in `lookups`; null and −1 where that lookup never ended. */
  readonly queryEvents: ColumnTable
  /** One row a routing-table entry: snapshot, ts_ms, peer (owner), entry (peer id), cpl. */
  readonly entries: ColumnTable
  /** One row a routing table, `buckets` as in the file. With `nearest`, the k servers truly nearest to its owner, and of its entries those that were `gone`, `undialable` or `client`, where the run's nodes do not tell; else null. */
  readonly snapshots: ColumnTable
  readonly damage: readonly Damage[]
  /**
   * A table by name: those above (query events as `query_events`; damage too), or a kind of record of the plan's own, declared in the run's `schemas/`.
   *
   * @throws InputError naming the tables there are.
   */
  table(name: string): ColumnTable
  /** Names that `table` takes. */
  readonly names: readonly string[]
}

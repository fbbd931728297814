import type { ColumnTable } from 'arquero'
import type { BasicType, ColumnSource } from 'hyparquet-writer'

/**
 * A table as a Parquet file, as pandas.read_parquet, arrow::read_parquet and DuckDB take it. Numbers are DOUBLE, whole ones too, so that
 * runs fit together; arrays are JSON text, as in CSV; absent values are null. The same table gives the same bytes.
 */
export async function tableParquet(table: ColumnTable): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const columnData = table.columnNames().map((name) => columnOf(table, name))
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'hoplab' }))
}

function columnOf(table: ColumnTable, name: string): ColumnSource {
  const column = table.column(name)
  const values = Array.from(table.indices(), (row) => present(column?.at(row)))
  const type = typeOf(values)
  return { name, type, data: values.map((value) => (value === null ? null : asType(value, type))) }
}

/** Absent values, and numbers that are none, are null. */
function present(value: unknown): unknown {
  return value === undefined || (typeof value === 'number' && Number.isNaN(value)) ? null : value
}

function typeOf(values: readonly unknown[]): BasicType {
  const there = values.filter((value) => value !== null)
  if (there.length > 0 && there.every((value) => typeof value === 'boolean')) return 'BOOLEAN'
  if (there.length > 0 && there.every((value) => typeof value === 'number')) return 'DOUBLE'
  return 'STRING'
}

function asType(value: unknown, type: BasicType): unknown {
  if (type !== 'STRING') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

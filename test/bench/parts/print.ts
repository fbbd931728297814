/** One column of a printed table. */
export interface PrintColumn<R> {
  readonly head: string
  readonly cell: (row: R) => string
}

/** Lines of a table, numbers and heads aligned to the right. */
export function printed<R>(rows: readonly R[], columns: readonly PrintColumn<R>[]): string[] {
  const lines = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ cell }) => cell(row)))]
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)))
  return lines.map((line) => line.map((text, at) => text.padStart(widths[at] ?? 0)).join('  '))
}

/** Columns of a measure and of its ratio to the first row's. */
export function withRatio<R>(head: string, measure: (row: R) => number, first: R): PrintColumn<R>[] {
  return [
    { head, cell: (row) => measure(row).toFixed(1) },
    { head: 'ratio', cell: (row) => `${(measure(row) / measure(first)).toFixed(2)}×` },
  ]
}

import type { PrintColumn } from './print.ts'

/** Columns of a measure and of its ratio to the row before. */
export function withGrowth<R>(
  rows: readonly R[],
  { head, digits, measure }: { readonly head: string; readonly digits: number; measure(row: R): number },
): PrintColumn<R>[] {
  return [
    { head, cell: (row) => measure(row).toFixed(digits) },
    {
      head: '×',
      cell: (row) => {
        const before = rows[rows.indexOf(row) - 1]
        return before === undefined ? '' : (measure(row) / measure(before)).toFixed(2)
      },
    },
  ]
}

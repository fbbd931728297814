import { failureReasons } from '../stats/lookups/failure-reasons.ts'
import { success } from '../stats/lookups/success.ts'
import { trace } from '../stats/lookups/traced.ts'
import type { Observed } from '../stats/observed/observed.ts'
import { type ShownTable, shownTable } from './figure/shown-table.ts'
import { between, percent } from './words/words.ts'

/** Table of how lookups end (D1), a row for each side by name: how many succeed, with the 95 % interval, and a column for each reason why others do not. */
export function endsTable(sides: Readonly<Record<string, Observed>>): ShownTable {
  const told = Object.entries(sides).map(([name, data]) => {
    const taken = trace(data)
    return { name, runs: data.records.length, taken, reasons: failureReasons(taken) }
  })
  const reasons = [...new Set(told.flatMap((side) => Object.keys(side.reasons)))].sort()
  const columns = ['network', 'runs', 'lookups', 'succeed (95 %)', ...reasons, 'missing']
  const rows = told.map(({ name, runs, taken, reasons: own }) => {
    const { estimate, interval } = success(taken)
    return [
      name,
      String(runs),
      String(taken.ended.length),
      `${percent(estimate)} ${between(interval, percent)}`.trim(),
      ...reasons.map((reason) => String(own[reason] ?? 0)),
      String(taken.missing),
    ]
  })
  return shownTable(columns, rows)
}

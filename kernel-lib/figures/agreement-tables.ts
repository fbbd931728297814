import type { Agreement, Difference } from '../stats/agreement/agreement.ts'
import type { StepTimes } from '../stats/agreement/steps.ts'
import { differenceInWords, hiddenInWords, sideInWords } from '../stats/agreement/words.ts'
import { type ShownTable, shownTable } from './figure/shown-table.ts'

/** The table of an agreement: each statistic on both sides, processes − simulation with its interval, whether that holds 0, how large a difference it leaves room for, and n. */
export function agreementTable({ differences }: Agreement): ShownTable {
  return shownTable(
    ['entry', 'statistic', 'simulated', 'processes', 'difference (95 %)', 'holds 0', 'none beyond', 'n, pairs'],
    differences.map((each) => [
      each.entry,
      `${each.name}, ${each.unit}`,
      sideInWords(each, each.simulated),
      sideInWords(each, each.real),
      differenceInWords(each),
      holds(each),
      hiddenInWords(each),
      `${each.n.toLocaleString('en-US')}${each.unpaired > 0 ? `, ${each.unpaired} without a pair` : ''}`,
    ]),
  )
}

const holds = ({ holdsZero }: Difference) => (holdsZero === null ? 'unknown' : holdsZero ? 'yes' : 'no')

/** The table of what lookups wait for: round trips that the protocols need for each step, and how many it took on both sides. */
export function stepsTable({ steps, roundTripMs }: Agreement): ShownTable {
  return shownTable(
    [
      'step',
      'what it waits for',
      'needs',
      'simulated: 5 %, median, 95 %',
      'processes: 5 %, median, 95 %',
      'processes late by, median',
      'n',
    ],
    steps.map(({ name, because, roundTrips, simulated, real }) => [
      name,
      because,
      String(roundTrips),
      quantiles(simulated),
      quantiles(real),
      real.median === null
        ? 'unknown'
        : `${((real.median - roundTrips) * roundTripMs).toFixed(0).replace('-', '−')} ms`,
      `${simulated.n.toLocaleString('en-US')} and ${real.n.toLocaleString('en-US')}`,
    ]),
  )
}

function quantiles({ p5, median, p95 }: StepTimes): string {
  return [p5, median, p95].map((value) => (value === null ? 'unknown' : value.toFixed(2))).join(', ')
}

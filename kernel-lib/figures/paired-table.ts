import type { PairedComparison } from '../stats/paired/compare-paired.ts'
import { changeInWords, meanInWords, verdictInWords } from '../stats/paired/words.ts'
import { type ShownTable, shownTable } from './figure/shown-table.ts'

/** The table of paired comparisons, those of one situation after the other: each statistic on both sides, its change with interval, whether that lies within the margin, and n. */
export function pairedTable(
  situations: Readonly<Record<string, readonly PairedComparison[]>>,
  [baseline, candidate]: readonly [string, string],
): ShownTable {
  return shownTable(
    ['network', 'entry', 'statistic', baseline, candidate, 'change (95 %)', 'verdict', 'n, pairs'],
    Object.entries(situations).flatMap(([situation, comparisons]) =>
      comparisons.map((each) => [
        situation,
        each.entry,
        `${each.name}, ${each.unit}`,
        meanInWords(each, each.baseline),
        meanInWords(each, each.candidate),
        changeInWords(each),
        verdictInWords(each),
        `${each.n.toLocaleString('en-US')}${each.unpaired > 0 ? `, ${each.unpaired.toLocaleString('en-US')} without a pair` : ''}`,
      ]),
    ),
  )
}

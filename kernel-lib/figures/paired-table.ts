import type { PairedComparison } from '../stats/paired/compare-paired.ts'
import { changeInWords, meanInWords } from '../stats/paired/words.ts'
import { type ShownTable, shownTable } from './figure/shown-table.ts'

/** Networks that are compared with one baseline, by their names. */
export interface PairedNetworks {
  /** What the baseline is called. */
  readonly baseline: string
  readonly networks: Readonly<Record<string, readonly PairedComparison[]>>
}

/** The table of paired comparisons, a line for each network: means, changes relative to the baseline with their intervals, what the margin makes of them, and n. The baseline stands above the networks that are compared with it. */
export function pairedTable(sides: readonly PairedNetworks[]): ShownTable {
  const [first = []] = sides.flatMap(({ networks }) => Object.values(networks))
  const rows = sides.flatMap(({ baseline, networks }) => {
    const [any = []] = Object.values(networks)
    const means = any.map((each) => meanInWords(each, each.baseline))
    return [
      [baseline, ...means, ''],
      ...Object.entries(networks).map(([name, all]) => [name, ...all.map(cell), pairsOf(all)]),
    ]
  })
  return shownTable(['network', ...first.map(({ entry, name, unit }) => `${entry} ${name}, ${unit}`), 'n, pairs'], rows)
}

function cell(comparison: PairedComparison): string {
  return `${meanInWords(comparison, comparison.candidate)}: ${changeInWords(comparison)}, ${comparison.verdict}`
}

/** `1,000 (D4, D7), 500 (R1)` */
function pairsOf(comparisons: readonly PairedComparison[]): string {
  const sizes = [...new Set(comparisons.map(({ n }) => n))]
  const of = (size: number) => [...new Set(comparisons.flatMap(({ n, entry }) => (n === size ? [entry] : [])))]
  return sizes.map((size) => `${size.toLocaleString('en-US')} (${of(size).join(', ')})`).join(', ')
}

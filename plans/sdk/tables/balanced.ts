import { type Drawn, drawFrom } from './draw.ts'
import type { SortedKeys } from './keys.ts'
import { bucketsOf, halves, type Range } from './range.ts'
import type { TableModel } from './table.ts'

/**
 * Every bucket is shared out evenly: half of its places to each side of the first bit in which its range's keys differ, and so on down, an odd
 * place to a side drawn at random; where one side has fewer members than places, the other takes the rest. The program that RFM19.1's numbers
 * are from does this (probe-lab/network-measurements, balanced_buckets.ipynb); `replacingTable` is the rule that its text tells.
 */
export const balancedTable: TableModel = ({ keys, key }, random, { bucketSize }) => {
  const drawn = { random, ranks: [], keys }
  for (const bucket of bucketsOf(keys, key)) shareOut(bucket, bucketSize, drawn)
  return new Uint32Array(drawn.ranks)
}

function shareOut(range: Range, places: number, drawn: Drawn & { readonly keys: SortedKeys }): void {
  if (places === 0) return
  if (range.to - range.from <= places) {
    drawFrom(range, places, drawn)
    return
  }
  const [zeros, ones] = halves(drawn.keys, range)
  const half = places >>> 1
  const wanted = places === half * 2 ? half : half + drawn.random.integer(2)
  const toZeros = Math.max(places - (ones.to - ones.from), Math.min(wanted, zeros.to - zeros.from))
  shareOut(zeros, toZeros, drawn)
  shareOut(ones, places - toZeros, drawn)
}

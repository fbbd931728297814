import type { Random } from '../random.ts'
import type { Range } from './range.ts'

/** Adds up to `count` different ranks of a range to a list, each subset equally likely (Floyd's algorithm; Bentley and Floyd 1987); all, in order, where there are no more. */
export function drawFrom({ from, to }: Range, count: number, { random, ranks }: Drawn): void {
  const size = to - from
  const start = ranks.length
  if (size <= count) for (let rank = from; rank < to; rank++) ranks.push(rank)
  else
    for (let last = size - count; last < size; last++) {
      const drawn = from + random.integer(last + 1)
      ranks.push(ranks.includes(drawn, start) ? from + last : drawn)
    }
}

/** A table while it is drawn. */
export interface Drawn {
  readonly random: Random
  readonly ranks: number[]
}

import { drawFrom } from './draw.ts'
import { bucketsOf } from './range.ts'
import type { TableModel, TableOptions } from './table.ts'

/** How full tables are. */
export interface FillOptions extends TableOptions {
  /** Share of what a bucket could hold, min(k, its range), that it holds; above 0, up to 1. */
  readonly fill: number
}

/** Every bucket holds random members of its range, on average the share `fill` of what it could hold: what bootstrapped nodes know is less than all. With `fill` 1 it is the random table. */
export const kademliaTable: TableModel<FillOptions> = ({ keys, key }, random, { bucketSize, fill }) => {
  const ranks: number[] = []
  for (const bucket of bucketsOf(keys, key)) {
    const wanted = fill * Math.min(bucketSize, bucket.to - bucket.from)
    const more = random.float() < wanted % 1 ? 1 : 0
    drawFrom(bucket, Math.floor(wanted) + more, { random, ranks })
  }
  return new Uint32Array(ranks)
}

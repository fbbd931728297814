import { drawFrom } from './draw.ts'
import { bucketsOf } from './range.ts'
import type { TableModel } from './table.ts'

/** Every bucket holds `bucketSize` random members of its range, all where there are no more: the table of Kademlia when it knows all that it may (R1; the random table of RFM19.1). */
export const randomTable: TableModel = ({ keys, key }, random, { bucketSize }) => {
  const ranks: number[] = []
  for (const bucket of bucketsOf(keys, key)) drawFrom(bucket, bucketSize, { random, ranks })
  return new Uint32Array(ranks)
}

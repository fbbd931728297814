import { mostPeers } from './words.ts'

/**
 * How many peers that are gone for good must stand among `size` living ones so that the share `stale` of what tables are drawn from is gone:
 * size × stale ÷ (1 − stale). Tables that are drawn from both hold that share of gone peers in every bucket, full or not (R4).
 *
 * @throws RangeError where living and gone together are more than 2,097,152.
 */
export function goneAmong(size: number, stale: number): number {
  const count = stale === 0 ? 0 : Math.round((size * stale) / (1 - stale))
  if (size + count <= mostPeers) return count
  const most = Math.floor((1 - size / mostPeers) * 100) / 100
  throw new RangeError(
    `stale ${stale}: a share of ${stale} takes ${count} gone peers beside ${size} living ones, and ${mostPeers} in all are the most; write at most ${most}`,
  )
}

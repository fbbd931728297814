import type { Random } from '../random.ts'
import { closestTo } from './nearest.ts'
import { rankOf } from './range.ts'
import type { Owner } from './table.ts'

/** How much a table holds of its owner's neighbourhood. */
export interface Neighbourhood {
  /** Share of the nearest peers that it holds, 0 to 1; on average where it is no whole number of them. */
  readonly share: number
  /** How many peers, the nearest to the owner by XOR distance, are the neighbourhood: k. */
  readonly count: number
  /** For nothing else, so that the share shifts no other draw. */
  readonly random: Random
}

/**
 * A table whose entries in the neighbourhood are drawn anew, a random `share` of all who are there (R5), while those that are farther stay as they are. Nodes that
 * join look themselves up, and so know their neighbourhood far better than the rest; a model of tables that fills buckets knows no such difference.
 */
export function withNeighbourhood(
  table: Uint32Array,
  { keys, key }: Owner,
  { share, count, random }: Neighbourhood,
): Uint32Array {
  const own = rankOf(keys, key)
  const near = [...closestTo(keys, key, own === null ? count : count + 1)].filter((rank) => rank !== own)
  const wanted = share * near.length
  const held = random.shuffle(near).slice(0, Math.floor(wanted) + (random.float() < wanted % 1 ? 1 : 0))
  return Uint32Array.from([...table.filter((rank) => !near.includes(rank)), ...held])
}

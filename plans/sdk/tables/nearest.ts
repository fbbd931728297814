import type { SortedKeys } from './keys.ts'
import { everybody, isNearer, nearerFirst, rangeAround } from './range.ts'

/** What `nearestOf` chooses from: lists of ranks, which may overlap, and how many to choose. */
export interface Choice {
  readonly among: readonly Uint32Array[]
  readonly count: number
}

/** The `count` ranks among some lists that are nearest to a key by XOR distance, each once, nearest first; all where there are no more. */
export function nearestOf(keys: SortedKeys, key: Uint32Array, { among, count }: Choice): Uint32Array {
  const first = key[0] as number
  const nearest = new Uint32Array(count)
  const distances = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  let held = 0
  for (const ranks of among)
    for (let i = 0; i < ranks.length; i++) {
      const rank = ranks[i] as number
      // Distances are compared by their first 32 bits, which seldom are equal.
      const distance = ((keys.words[rank] as number) ^ first) >>> 0
      if (distance > (distances[count - 1] as number)) continue
      const place = placeOf(rank, distance)
      if (place === count || nearest[place - 1] === rank) continue
      if (held < count) held++
      nearest.copyWithin(place + 1, place, held - 1)
      distances.copyWithin(place + 1, place, held - 1)
      nearest[place] = rank
      distances[place] = distance
    }
  return nearest.subarray(0, held)

  /** Behind all that are nearer than `rank`, and behind `rank` itself where it is there. */
  function placeOf(rank: number, distance: number): number {
    let place = held
    while (place > 0) {
      const other = distances[place - 1] as number
      if (other < distance) break
      if (other === distance && !isNearer(keys, key, [rank, nearest[place - 1] as number])) break
      place--
    }
    return place
  }
}

/** The `count` peers of the whole population that are nearest to a key by XOR distance, nearest first; all where there are no more. */
export function closestTo(keys: SortedKeys, key: Uint32Array, count: number): Uint32Array {
  const { from, to } = rangeAround(keys, key, count)
  const among = [Uint32Array.from({ length: to - from }, (_, i) => from + i)]
  return nearestOf(keys, key, { among, count: Math.min(count, to - from) })
}

/** The ranks of all peers, nearest to a key by XOR distance first; take as many as are needed. */
export function* byDistance(keys: SortedKeys, key: Uint32Array): Generator<number> {
  const ahead = [everybody(keys)]
  for (let range = ahead.pop(); range !== undefined; range = ahead.pop())
    if (range.node === 0) yield range.from
    else {
      const [nearer, farther] = nearerFirst(keys, key, range)
      ahead.push(farther, nearer)
    }
}

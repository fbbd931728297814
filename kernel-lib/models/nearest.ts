import type { Population } from './population.ts'
import { isNearer, rangeAround } from './range.ts'

/** What `nearestOf` chooses from: lists of ranks, which may overlap, and how many to choose. */
export interface Choice {
  readonly among: readonly Uint32Array[]
  readonly count: number
}

/** The `count` ranks among some lists that are nearest to a key by XOR distance, each once, nearest first; all where there are no more. */
export function nearestOf(population: Population, key: Uint32Array, { among, count }: Choice): Uint32Array {
  const first = key[0] as number
  const nearest = new Uint32Array(count)
  const distances = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  let held = 0
  for (const ranks of among)
    for (let i = 0; i < ranks.length; i++) {
      const rank = ranks[i] as number
      // Distances are compared by their first 32 bits, which seldom are equal.
      const distance = ((population.words[rank] as number) ^ first) >>> 0
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
      if (other === distance && !isNearer(population, key, [rank, nearest[place - 1] as number])) break
      place--
    }
    return place
  }
}

/** The `count` peers of the whole population that are nearest to a key by XOR distance, nearest first; all where there are no more. */
export function closestTo(population: Population, key: Uint32Array, count: number): Uint32Array {
  const { from, to } = rangeAround(population, key, count)
  const among = [Uint32Array.from({ length: to - from }, (_, i) => from + i)]
  return nearestOf(population, key, { among, count: Math.min(count, to - from) })
}

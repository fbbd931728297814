import type { Measured } from '../measures.ts'
import type { Origin } from '../sample/clusters.ts'

/** What was observed on two sides of the same lookup of the same node under the same seed. `run` names the seed. */
export interface Pair extends Origin {
  readonly baseline: number
  readonly candidate: number
}

/** Observations of both sides, paired; and how many have no counterpart. */
export interface Pairs {
  readonly pairs: readonly Pair[]
  readonly unpaired: number
}

/** Pairs observations by seed, group, instance and lookup. Where a side says the same twice, as two runs of one seed do, the first counts. */
export function pairsOf(baseline: readonly Measured[], candidate: readonly Measured[]): Pairs {
  const [left, right] = [byPlace(baseline), byPlace(candidate)]
  const pairs = [...left].flatMap(([place, one]) => {
    const other = right.get(place)
    if (other === undefined) return []
    const { seed, group, instance, value } = one
    return [{ run: `seed ${seed}`, group, instance, baseline: value, candidate: other.value }]
  })
  return { pairs, unpaired: left.size + right.size - 2 * pairs.length }
}

function byPlace(observed: readonly Measured[]): Map<string, Measured> {
  const found = new Map<string, Measured>()
  for (const one of observed) {
    const place = JSON.stringify([one.seed, one.group, one.instance, one.lookup])
    if (!found.has(place)) found.set(place, one)
  }
  return found
}

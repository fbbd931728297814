import { clusters, type Origin } from './clusters.ts'

/**
 * How many times larger the variance of a share is than it would be if its observations were independent (Kish's design effect,
 * by linearisation): the larger one of nodes and of runs as clusters, never below 1, and 1 where it cannot be told.
 */
export function designEffect(origins: readonly Origin[], hits: readonly boolean[]): number {
  const n = hits.length
  const p = hits.filter(Boolean).length / n
  const simple = (p * (1 - p)) / (n - 1)
  if (!(simple > 0)) return 1
  const runs = clusters(origins)
  const nodes = runs.flat()
  const joined = runs.map((of) => Uint32Array.from(of.flatMap((members) => [...members])))
  return Math.max(1, ...[nodes, joined].map((units) => between(units, hits, p) / simple))
}

function between(units: readonly Uint32Array[], hits: readonly boolean[], p: number): number {
  if (units.length < 2) return 0
  let sum = 0
  for (const members of units) {
    let excess = 0
    for (const i of members) excess += (hits[i] ? 1 : 0) - p
    sum += excess * excess
  }
  return ((units.length / (units.length - 1)) * sum) / (hits.length * hits.length)
}

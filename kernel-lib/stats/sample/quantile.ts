/** Quantile of sorted values of which value i stands `weights[i]` times, by rule type 7 (linear between the order statistics around (n − 1)p). Null without values, and where it would rest on an infinite one. */
export function weightedQuantile(sorted: ArrayLike<number>, weights: ArrayLike<number>, p: number): number | null {
  let total = 0
  for (let i = 0; i < sorted.length; i++) total += weights[i] as number
  if (total === 0) return null
  const position = (total - 1) * p
  const below = Math.floor(position)
  const low = atRank(sorted, weights, below)
  const high = position === below ? low : atRank(sorted, weights, below + 1)
  const value = low === high ? low : low + (position - below) * (high - low)
  return Number.isFinite(value) ? value : null
}

/**
 * Quantile by rule type 7 (Hyndman and Fan 1996; the default of R, NumPy and Excel): linear between the order statistics around (n − 1)p.
 * Values need no order; infinite ones rank last and a quantile that rests on one is null, as it is without values.
 */
export function quantile(values: readonly number[], p: number): number | null {
  const sorted = Float64Array.from(values).sort()
  return weightedQuantile(sorted, new Uint8Array(sorted.length).fill(1), p)
}

function atRank(sorted: ArrayLike<number>, weights: ArrayLike<number>, rank: number): number {
  let passed = 0
  for (let i = 0; i < sorted.length; i++) {
    passed += weights[i] as number
    if (passed > rank) return sorted[i] as number
  }
  return Number.NaN
}

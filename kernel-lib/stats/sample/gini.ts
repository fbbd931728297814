/** Gini coefficient of values that are not negative: 0 where all are equal, (n − 1)/n where one has everything. Null without values or where all are zero. */
export function gini(values: readonly number[]): number | null {
  const sorted = Float64Array.from(values).sort()
  const n = sorted.length
  let sum = 0
  let ranked = 0
  for (let i = 0; i < n; i++) {
    sum += sorted[i] as number
    ranked += (i + 1) * (sorted[i] as number)
  }
  return sum > 0 ? (2 * ranked) / (n * sum) - (n + 1) / n : null
}

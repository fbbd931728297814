import type { Interval } from './sample.ts'

const Z95 = 1.959963984540054

/** Wilson's score interval of a share at 95 % (Wilson 1927). Null where `n` is 0. `n` may be an effective number of observations, with a fraction. */
export function wilson(successes: number, n: number): Interval | null {
  if (!(n > 0)) return null
  const p = successes / n
  const z2 = Z95 * Z95
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n)
  const half = (Z95 / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))
  // At the ends the exact bounds are 0 and 1; rounding must not cross them.
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === n ? 1 : Math.min(1, centre + half),
    level: 0.95,
    method: 'wilson',
  }
}

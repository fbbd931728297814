import { type BootstrapOptions, percentileInterval, replicates } from '../sample/bootstrap.ts'
import type { About, Accounted, Observation } from '../sample/estimate.ts'
import { mean } from '../sample/mean.ts'
import type { Sample } from '../sample/sample.ts'

/** What was observed at one setting of what is varied. */
export interface Level {
  /** The setting, in the unit that the slope is per: log10 of the nodes for a slope per decade. */
  readonly x: number
  readonly observations: readonly Observation[]
}

/** A straight line through what was observed; the sample's estimate is its slope. */
export interface SlopeSample extends Sample {
  /** Value of the line where x is 0; null where there is no line. */
  readonly intercept: number | null
}

/**
 * Slope of the least-squares line through all observations (ordinary regression of the value on x), and the line's intercept. The interval resamples
 * runs, nodes and observations within each level, never across: the levels were chosen, not drawn. With one run a level it holds for those networks alone.
 *
 * @returns A sample whose estimate is null where fewer than two levels have observations.
 */
export function slopeSample(
  about: About,
  levels: readonly Level[],
  { expected, failed, missing, censored, ...options }: Accounted & BootstrapOptions,
): SlopeSample {
  const seen = levels.filter(({ observations }) => observations.length > 0)
  const n = seen.reduce((sum, { observations }) => sum + observations.length, 0)
  const line = lineThrough(
    seen,
    seen.map(({ observations }) => mean(observations.map(({ value }) => value)) as number),
  )
  const known =
    line === null ? { estimate: null, intercept: null } : { estimate: line.slope, intercept: line.intercept }
  const counted = { n, expected, failed, missing, censored }
  return { ...about, ...counted, ...known, interval: line === null ? null : intervalOf(seen, options) }
}

/** All values of a level stand at one x, so the line through them is that through the means, each weighted by its number. */
function lineThrough(
  levels: readonly Level[],
  means: readonly number[],
): { readonly slope: number; readonly intercept: number } | null {
  let [weight, sumX, sumY] = [0, 0, 0]
  for (const [i, { x, observations }] of levels.entries()) {
    weight += observations.length
    sumX += observations.length * x
    sumY += observations.length * (means[i] as number)
  }
  const [middleX, middleY] = [sumX / weight, sumY / weight]
  let [along, across] = [0, 0]
  for (const [i, { x, observations }] of levels.entries()) {
    along += observations.length * (x - middleX) * ((means[i] as number) - middleY)
    across += observations.length * (x - middleX) ** 2
  }
  if (!(across > 0)) return null
  const slope = along / across
  return { slope, intercept: middleY - slope * middleX }
}

function intervalOf(levels: readonly Level[], options: BootstrapOptions) {
  const { seed = 1 } = options
  const drawn = levels.map(({ observations }, i) => {
    const values = observations.map(({ value }) => value)
    return replicates(observations, (weights) => weightedMean(values, weights), { ...options, seed: seed + i })
  })
  const [first] = drawn
  if (!first || drawn.includes(null)) return null
  const estimates = first.estimates.flatMap((_, at) => {
    const line = lineThrough(
      levels,
      drawn.map((one) => one?.estimates[at] ?? Number.NaN),
    )
    return line === null || Number.isNaN(line.slope) ? [] : [line.slope]
  })
  const widest = drawn.map((one) => one?.method ?? '').sort((a, b) => b.length - a.length)[0]
  return percentileInterval({ estimates, method: `${widest}, within each level` }, options.level)
}

function weightedMean(values: readonly number[], weights: Uint32Array): number | null {
  let [sum, count] = [0, 0]
  for (const [i, value] of values.entries()) {
    sum += (weights[i] as number) * value
    count += weights[i] as number
  }
  return count > 0 ? sum / count : null
}

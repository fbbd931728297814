import { type BootstrapOptions, bootstrapInterval } from './bootstrap.ts'
import type { Origin } from './clusters.ts'
import { designEffect } from './design-effect.ts'
import { mean } from './mean.ts'
import { quantile, weightedQuantile } from './quantile.ts'
import type { Interval, Sample } from './sample.ts'
import { wilson } from './wilson.ts'

/** One observed number and where it comes from. */
export interface Observation extends Origin {
  readonly value: number
}

/** What a sample is of. */
export type About = Pick<Sample, 'name' | 'entry' | 'definition' | 'unit'>
/** How many observations there should have been, and what became of those that are not there. */
export interface Accounted {
  readonly expected: number
  readonly failed: number
  readonly missing: number
  readonly censored: number
}

/** Quantiles that a sample tells. */
export const probabilities = [0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99] as const

/** A sample whose estimate is the mean, with a clustered bootstrap interval, quantiles, and the histogram where values are whole numbers. */
export function meanSample(
  about: About,
  observations: readonly Observation[],
  options: Accounted & BootstrapOptions,
): Sample {
  const values = observations.map((each) => each.value)
  const whole = values.every(Number.isInteger)
  return {
    ...about,
    n: values.length,
    ...accounted(options),
    mean: mean(values),
    quantiles: quantilesOf(values),
    rule: 'type 7',
    interval: bootstrapInterval(observations, (weights) => weightedMean(values, weights), options),
    ...(whole ? { counts: histogram(values) } : {}),
    values,
  }
}

/** A sample whose estimate is the median. Infinite values are observations of which only a lower bound is known: they rank last, and what rests on them is null. */
export function medianSample(
  about: About,
  observations: readonly Observation[],
  options: Accounted & BootstrapOptions,
): Sample {
  const sorted = [...observations].sort((a, b) => a.value - b.value)
  const values = observations.map((each) => each.value)
  const ascending = Float64Array.from(sorted, (each) => each.value)
  // A median that is hidden in a resample lies above all that was seen.
  const median = (weights: Uint32Array) => weightedQuantile(ascending, weights, 0.5) ?? Number.POSITIVE_INFINITY
  return {
    ...about,
    n: values.length,
    ...accounted(options),
    estimate: quantile(values, 0.5),
    mean: values.every(Number.isFinite) ? mean(values) : null,
    quantiles: quantilesOf(values),
    rule: 'type 7',
    interval: bootstrapInterval(sorted, median, options),
    values,
  }
}

/** A sample whose estimate is the share of hits, with Wilson's interval; where observations of one node or run are alike, for as many independent ones as they are worth. */
export function shareSample(
  about: About,
  observations: readonly (Origin & { readonly hit: boolean })[],
  options: Accounted,
): Sample {
  const hits = observations.map((each) => each.hit)
  const n = hits.length
  const ok = hits.filter(Boolean).length
  return {
    ...about,
    n,
    ...accounted(options),
    estimate: n > 0 ? ok / n : null,
    interval: clusteredWilson(observations, hits, ok),
  }
}

function clusteredWilson(origins: readonly Origin[], hits: readonly boolean[], ok: number): Interval | null {
  const n = hits.length
  const effect = designEffect(origins, hits)
  if (effect < 1 + 1e-9) return wilson(ok, n)
  const plain = wilson(ok / effect, n / effect)
  return (
    plain && {
      ...plain,
      method: `wilson, design effect ${effect.toFixed(2)} (${n} count as ${(n / effect).toFixed(0)})`,
    }
  )
}

/** Quantiles by probability as text. */
export function quantilesOf(values: readonly number[]): Record<string, number | null> {
  return Object.fromEntries(probabilities.map((p) => [String(p), quantile(values, p)]))
}

/** Occurrences by value, in rising order. */
export function histogram(values: readonly number[]): Record<string, number> {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([a], [b]) => a - b).map(([value, count]) => [String(value), count]))
}

function weightedMean(values: readonly number[], weights: Uint32Array): number | null {
  let sum = 0
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const weight = weights[i] as number
    sum += weight * (values[i] as number)
    count += weight
  }
  return count > 0 ? sum / count : null
}

function accounted({ expected, failed, missing, censored }: Accounted): Accounted {
  return { expected, failed, missing, censored }
}

import { percentileInterval, replicates } from '../sample/bootstrap.ts'
import { nodeOf } from '../sample/clusters.ts'
import { weightedQuantile } from '../sample/quantile.ts'
import type { Interval } from '../sample/sample.ts'
import type { Estimated } from '../sample/verdict.ts'
import type { Pair } from './pairs.ts'

/** Both sides of pairs and how they differ. */
export interface PairedDifference {
  readonly baseline: number | null
  readonly candidate: number | null
  /** Candidate − baseline. The interval resamples seeds, in them nodes, in them pairs; where no pair differs, shares have the rule of three's and others none. */
  readonly difference: Estimated
  /** The same relative to the baseline of the same resample: 0.05 is five per cent more. Null where the baseline is 0. */
  readonly change: Estimated
}

/** How differences are taken. */
export interface PairedOptions {
  readonly of: 'mean' | 'median'
  /** Whether values lie from 0 to 1, so that differences are bounded even where none is seen. */
  readonly share: boolean
  /** Of the bootstrap. */
  readonly seed: number
}

/** The mean or median of each side of pairs, and candidate − baseline with its interval, in the unit and relative to the baseline. */
export function pairedDifference(pairs: readonly Pair[], { of, share, seed }: PairedOptions): PairedDifference {
  const estimator = of === 'median' ? medianOf : meanOf
  const sides = [
    estimator(pairs.map(({ baseline }) => baseline)),
    estimator(pairs.map(({ candidate }) => candidate)),
  ] as const
  const all = new Uint32Array(pairs.length).fill(1)
  const [baseline, candidate] = [sides[0](all), sides[1](all)]
  const varies = new Set(pairs.map((pair) => pair.candidate - pair.baseline)).size > 1
  const drawn = (combine: Combine): Estimated => {
    const estimate = combined(sides, combine)(all)
    const found = varies ? replicates(pairs, combined(sides, combine), { seed, within: 'seeds', of: 'pairs' }) : null
    return { estimate, interval: found && percentileInterval(found) }
  }
  const [difference, change] = [drawn((a, b) => b - a), drawn((a, b) => (a === 0 ? null : (b - a) / Math.abs(a)))]
  if (varies || !share) return { baseline, candidate, difference, change }
  const interval = noneSeen(pairs, difference.estimate)
  return {
    baseline,
    candidate,
    difference: { ...difference, interval },
    change: { ...change, interval: interval && relative(interval, baseline) },
  }
}

type Combine = (baseline: number, candidate: number) => number | null

function combined([left, right]: readonly [Estimate, Estimate], combine: Combine): Estimate {
  return (weights) => {
    const [a, b] = [left(weights), right(weights)]
    return a === null || b === null ? null : combine(a, b)
  }
}

function relative(interval: Interval, baseline: number | null): Interval | null {
  if (!baseline) return null
  const size = Math.abs(baseline)
  return { ...interval, low: interval.low / size, high: interval.high / size }
}

/** Where no pair differs, 95 % sure: fewer than 3 ÷ n do (Hanley and Lippman-Hand 1983), n counted in nodes, each by at most 1. */
function noneSeen(pairs: readonly Pair[], estimate: number | null): Interval | null {
  const nodes = new Set(pairs.map(nodeOf)).size
  if (estimate !== 0 || nodes < 10) return null
  return { low: -3 / nodes, high: 3 / nodes, level: 0.95, method: `rule of three, ${nodes} nodes` }
}

type Estimate = (weights: Uint32Array) => number | null

function meanOf(values: readonly number[]): Estimate {
  return (weights) => {
    let [sum, n] = [0, 0]
    for (const [i, value] of values.entries()) {
      sum += (weights[i] as number) * value
      n += weights[i] as number
    }
    return n > 0 ? sum / n : null
  }
}

function medianOf(values: readonly number[]): Estimate {
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number))
  const sorted = Float64Array.from(order, (at) => values[at] as number)
  return (weights) =>
    weightedQuantile(
      sorted,
      Uint32Array.from(order, (at) => weights[at] as number),
      0.5,
    )
}

import { percentileInterval, replicates } from '../sample/bootstrap.ts'
import { nodeOf } from '../sample/clusters.ts'
import { weightedQuantile } from '../sample/quantile.ts'
import type { Interval } from '../sample/sample.ts'
import type { Estimated } from '../sample/verdict.ts'
import type { Pair } from './pairs.ts'

/** Both sides of pairs and how they differ. */
export interface PairedDifference {
  readonly simulated: number | null
  readonly real: number | null
  /** Real − simulated. The interval resamples seeds, in them nodes, in them pairs; where no pair differs, shares have the rule of three's and others none. */
  readonly difference: Estimated
}

/** How differences are taken. */
export interface PairedOptions {
  readonly of: 'mean' | 'median'
  /** Whether values lie from 0 to 1, so that differences are bounded even where none is seen. */
  readonly share: boolean
  /** Of the bootstrap. */
  readonly seed: number
}

/** The mean or median of each side of pairs, and real − simulated with its interval. */
export function pairedDifference(pairs: readonly Pair[], { of, share, seed }: PairedOptions): PairedDifference {
  const estimator = of === 'median' ? medianOf : meanOf
  const sides = [estimator(pairs.map(({ simulated }) => simulated)), estimator(pairs.map(({ real }) => real))] as const
  const all = new Uint32Array(pairs.length).fill(1)
  const [simulated, real] = [sides[0](all), sides[1](all)]
  const change = (weights: Uint32Array) => {
    const [a, b] = [sides[0](weights), sides[1](weights)]
    return a === null || b === null ? null : b - a
  }
  const drawn = replicates(pairs, change, { seed, within: 'seeds', of: 'pairs' })
  const estimate = change(all)
  const varies = new Set(pairs.map((pair) => pair.real - pair.simulated)).size > 1
  if (!varies) return { simulated, real, difference: { estimate, interval: share ? noneSeen(pairs, estimate) : null } }
  return { simulated, real, difference: { estimate, interval: drawn && percentileInterval(drawn) } }
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

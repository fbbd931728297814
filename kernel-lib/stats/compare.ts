import { InputError } from '../errors.ts'
import type { AttemptOptions } from './lookups/attempts.ts'
import { type Measure, type MeasureName, measures } from './measures.ts'
import type { Observed } from './observed/observed.ts'
import { percentileInterval, type Replicates, replicates } from './sample/bootstrap.ts'
import { designEffect } from './sample/design-effect.ts'
import { quantile, weightedQuantile } from './sample/quantile.ts'
import type { Interval } from './sample/sample.ts'
import { type Estimated, type Verdict, verdictOf } from './sample/verdict.ts'
import { wilson } from './sample/wilson.ts'

/** What two sets of runs are compared by, and how much of a change matters. */
export interface CompareOptions extends AttemptOptions {
  /** Entry to compare by: D1, D2 (unless said), D4, D7, D8 or D13. */
  readonly statistic?: MeasureName
  /** Smallest change that matters: a share of the baseline (0.1: ten per cent), for D1 and D13 a difference of shares (0.01: one point). */
  readonly margin: number
  /** Of the bootstrap; 1 unless said. */
  readonly seed?: number
}

/** How a candidate differs from a baseline. */
export interface Comparison {
  readonly name: string
  readonly entry: MeasureName
  readonly unit: string
  readonly better: 'less' | 'more'
  /** As given: relative to the baseline, or for shares absolute. */
  readonly margin: number
  readonly baseline: Estimated & { readonly n: number }
  readonly candidate: Estimated & { readonly n: number }
  /** Candidate − baseline, in the unit. */
  readonly difference: Estimated
  /** Candidate / baseline. */
  readonly ratio: Estimated
  readonly verdict: Verdict
  /** Why, in one sentence. */
  readonly reason: string
}

/**
 * Compares a candidate with a baseline. Intervals are clustered bootstraps of both sides; for D1 the difference is Newcombe's (1998),
 * from Wilson intervals. Better or worse: the whole interval of the change lies beyond the margin; same: it lies within; else unknown,
 * as it is with fewer than 10 observations on a side.
 *
 * @throws InputError when the margin is no number from 0 or the statistic none of those offered.
 */
export function compare(baseline: Observed, candidate: Observed, options: CompareOptions): Comparison {
  const { statistic = 'D2', margin, seed = 1 } = options
  checkOptions(statistic, margin)
  const measure: Measure = measures[statistic]
  const a = side(measure, baseline, { ...options, seed })
  const b = side(measure, candidate, { ...options, seed: seed + 1 })
  const difference = combine(a, b, (x, y) => y - x)
  const ratio = a.estimate === 0 ? { estimate: null, interval: null } : combine(a, b, (x, y) => y / x)
  const plain = measure.of === 'share' ? { ...difference, interval: newcombe(a, b) } : difference
  const relative = measure.unit !== 'share'
  const change = relative ? shifted(ratio) : plain
  const { verdict, reason } = verdictOf(change, { margin, relative, better: measure.better, sides: [a, b] })
  const { name, unit, better } = measure
  const told = ({ n, estimate, interval }: Side) => ({ n, estimate, interval })
  return {
    name,
    entry: statistic,
    unit,
    better,
    margin,
    baseline: told(a),
    candidate: told(b),
    difference: plain,
    ratio,
    verdict,
    reason,
  }
}

interface Side extends Estimated {
  readonly n: number
  readonly drawn: Replicates | null
}

function side(measure: Measure, data: Observed, options: AttemptOptions & { seed: number }): Side {
  const observations = [...measure.observe(data, options)].sort((x, y) => x.value - y.value)
  const values = observations.map((each) => each.value)
  const ascending = Float64Array.from(values)
  const estimator = measure.of === 'median' ? medianOf(ascending) : meanOf(ascending)
  const drawn = replicates(observations, estimator, { seed: options.seed })
  const estimate =
    measure.of === 'median' ? quantile(values, 0.5) : meanOf(ascending)(new Uint32Array(values.length).fill(1))
  if (measure.of !== 'share') return { n: values.length, estimate, drawn, interval: drawn && percentileInterval(drawn) }
  const hits = values.map((value) => value === 1)
  const effect = values.length > 0 ? designEffect(observations, hits) : 1
  return {
    n: values.length,
    estimate,
    drawn,
    interval: wilson(((estimate ?? 0) * values.length) / effect, values.length / effect),
  }
}

function medianOf(ascending: Float64Array): (weights: Uint32Array) => number | null {
  return (weights) => weightedQuantile(ascending, weights, 0.5) ?? Number.POSITIVE_INFINITY
}

function meanOf(values: Float64Array): (weights: Uint32Array) => number | null {
  return (weights) => {
    let [sum, n] = [0, 0]
    for (let i = 0; i < values.length; i++) {
      sum += (weights[i] as number) * (values[i] as number)
      n += weights[i] as number
    }
    return n > 0 ? sum / n : null
  }
}

/** Applies a formula to both estimates, and to each pair of replicates. */
function combine(a: Side, b: Side, of: (x: number, y: number) => number): Estimated {
  const estimate = a.estimate === null || b.estimate === null ? null : of(a.estimate, b.estimate)
  if (!a.drawn || !b.drawn || estimate === null) return { estimate, interval: null }
  const [left, right] = [a.drawn.estimates, b.drawn.estimates]
  const estimates = left.slice(0, right.length).map((x, i) => of(x, right[i] as number))
  if (estimates.some(Number.isNaN)) return { estimate, interval: null }
  return { estimate, interval: percentileInterval({ estimates, method: a.drawn.method }) }
}

/** A ratio as a change relative to the baseline. */
function shifted({ estimate, interval }: Estimated): Estimated {
  return {
    estimate: estimate === null ? null : estimate - 1,
    interval: interval && { ...interval, low: interval.low - 1, high: interval.high - 1 },
  }
}

/** Newcombe's hybrid score interval of a difference of shares: unlike a bootstrap's, it has a width where every attempt succeeded. */
function newcombe(a: Side, b: Side): Interval | null {
  if (!a.interval || !b.interval || a.estimate === null || b.estimate === null) return null
  const [p, q] = [a.estimate, b.estimate]
  return {
    low: q - p - Math.hypot(q - b.interval.low, a.interval.high - p),
    high: q - p + Math.hypot(b.interval.high - q, p - a.interval.low),
    level: a.interval.level,
    method: 'newcombe, from wilson intervals with their design effects',
  }
}

function checkOptions(statistic: string, margin: number): void {
  const problems: string[] = []
  if (!Object.hasOwn(measures, statistic))
    problems.push(`statistic ${JSON.stringify(statistic)}: write one of ${Object.keys(measures).join(', ')}`)
  if (typeof margin !== 'number' || !(margin >= 0))
    problems.push(`margin ${JSON.stringify(margin)}: write a number from 0, such as 0.1 for ten per cent`)
  if (problems.length > 0) throw new InputError(`compare: ${problems.join('; ')}`)
}

import { type Clusters, clusters, type Origin } from './clusters.ts'
import { quantile } from './quantile.ts'
import { seededRandom } from './random.ts'
import type { Interval } from './sample.ts'

/** How resamples are drawn. */
export interface BootstrapOptions {
  /** 1000 unless said. */
  readonly resamples?: number
  /** 1 unless said. */
  readonly seed?: number
  /** 0.95 unless said. */
  readonly level?: number
  /** What one innermost observation is called in the method's text: `lookups` unless said. */
  readonly of?: string
  /** What an outermost unit is called there: `runs` unless said. */
  readonly within?: string
}

/** An estimate of resampled data: `weights[i]` is how often observation i was drawn. Null where it cannot be told, infinite where it lies beyond all that was seen. */
export type Estimator = (weights: Uint32Array) => number | null

/** Estimates of seeded resamples, for intervals of whatever is made from them. */
export interface Replicates {
  readonly estimates: readonly number[]
  readonly method: string
}

/**
 * Resamples runs, in them nodes, in them observations, with replacement, and estimates each time. At the outermost level that has
 * more than one unit, one unit fewer is drawn than there is (Rao and Wu 1988): with few runs the interval would be too narrow
 * otherwise. Resampling the inner levels too widens intervals a little where clusters do not differ. Null where nothing can vary.
 */
export function replicates(
  origins: readonly Origin[],
  estimate: Estimator,
  options: BootstrapOptions = {},
): Replicates | null {
  const { resamples = 1000, seed = 1 } = options
  const tree = clusters(origins)
  if (origins.length < 2) return null
  const random = seededRandom(seed)
  const weights = new Uint32Array(origins.length)
  const estimates: number[] = []
  for (let i = 0; i < resamples; i++) {
    draw(tree, weights, random)
    const value = estimate(weights)
    if (value !== null) estimates.push(value)
  }
  const method = `bootstrap of ${levels(tree, options)} (${resamples} resamples, seed ${seed})`
  // Resamples that cannot be estimated would make the interval one of the lucky ones.
  return estimates.length >= resamples * 0.9 ? { estimates, method } : null
}

/** Percentile interval of replicates; null where one of its ends lies beyond what was seen. */
export function percentileInterval({ estimates, method }: Replicates, level = 0.95): Interval | null {
  const low = quantile(estimates, (1 - level) / 2)
  const high = quantile(estimates, (1 + level) / 2)
  return low === null || high === null ? null : { low, high, level, method }
}

/** Clustered bootstrap interval of an estimate, as `replicates` says. */
export function bootstrapInterval(
  origins: readonly Origin[],
  estimate: Estimator,
  options: BootstrapOptions = {},
): Interval | null {
  const drawn = replicates(origins, estimate, options)
  return drawn && percentileInterval(drawn, options.level)
}

/** Levels at which something varies, as they are resampled. */
function levels(tree: Clusters, { of = 'lookups', within = 'runs' }: BootstrapOptions): string {
  const names: string[] = []
  if (tree.length > 1) names.push(within)
  if (tree.some((nodes) => nodes.length > 1)) names.push('nodes')
  if (tree.some((nodes) => nodes.some((members) => members.length > 1))) names.push(of)
  return names.join(', ')
}

function draw(tree: Clusters, weights: Uint32Array, random: () => number): void {
  weights.fill(0)
  const pick = <T>(units: ArrayLike<T>) => units[Math.floor(random() * units.length)] as T
  const fewer = (count: number, outermost: boolean) => (outermost && count > 1 ? count - 1 : count)
  const runs = fewer(tree.length, true)
  for (let r = 0; r < runs; r++) {
    const nodes = pick(tree)
    const nodeCount = fewer(nodes.length, tree.length === 1)
    for (let i = 0; i < nodeCount; i++) {
      const members = pick(nodes)
      const count = fewer(members.length, tree.length === 1 && nodes.length === 1)
      for (let j = 0; j < count; j++) {
        const member = pick(members)
        weights[member] = (weights[member] as number) + 1
      }
    }
  }
}

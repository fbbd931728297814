import type { Figure } from '../../../kernel-lib/figures/figure.ts'
import { drawHopDistribution } from '../../../kernel-lib/figures/hop-distribution.ts'
import { latencyEcdf } from '../../../kernel-lib/figures/of-latency.ts'
import type { Sample } from '../../../kernel-lib/stats/sample.ts'
import type { madeRun } from './made-run.ts'

/** Every figure from one made-up run. */
export async function figuresOf(data: ReturnType<typeof madeRun>): Promise<Figure[]> {
  return [drawHopDistribution({ hops, connected: null, ambiguous: null, runs: ['01X'] }), latencyEcdf(data)]
}

const hops: Sample = {
  name: 'hops to the closest successful query',
  entry: 'D4',
  definition: 'length of the path from the root to the closest successful query',
  unit: 'hops',
  n: 394,
  expected: 400,
  failed: 4,
  missing: 2,
  censored: 4,
  mean: 1.21,
  interval: {
    low: 1.15,
    high: 1.28,
    level: 0.95,
    method: 'bootstrap of runs, nodes, lookups (1000 resamples, seed 1)',
  },
  counts: { 0: 40, 1: 240, 2: 100, 3: 14 },
}

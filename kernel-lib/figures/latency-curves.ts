import type { AttemptOptions, Attempts } from '../stats/lookups/attempts.ts'
import { latency } from '../stats/lookups/latency.ts'
import { classOf } from '../stats/lookups/outcome-class.ts'
import { trace } from '../stats/lookups/traced.ts'
import type { Observed } from '../stats/observed/observed.ts'
import { shareSample } from '../stats/sample/estimate.ts'
import { incidence } from '../stats/sample/incidence.ts'
import { drawnRuns } from './data/runs.ts'
import type { Figure } from './figure/figure.ts'
import { type BandPoint, drawLatencyEcdf, type LatencySeries } from './latency-ecdf.ts'

const bandPoints = 60

/** Figure of D2: share of all lookups that had succeeded by a time, with a 95 % band (Wilson, for as many independent lookups as they are worth). */
export function latencyEcdf(data: Observed, options: AttemptOptions = {}): Figure {
  const taken = trace(data, options)
  return drawLatencyEcdf({ series: [seriesOf('all lookups', taken)], runs: drawnRuns(data) })
}

/** The same of several sides by name, each a curve of its own: `latencyEcdfs({ 'α 3': a, 'α 10': b })`. */
export function latencyEcdfs(sides: Readonly<Record<string, Observed>>, options: AttemptOptions = {}): Figure {
  const series = Object.entries(sides).map(([name, data]) => seriesOf(name, trace(data, options)))
  return drawLatencyEcdf({ series, runs: Object.values(sides).flatMap((side) => drawnRuns(side)) })
}

/** One curve with its band from the lookups taken. */
export function seriesOf(name: string, taken: Attempts): LatencySeries {
  const judged = taken.ended.filter((each) => classOf(each) !== 'absent')
  const timed = judged.map((each) => ({ ...each, value: each.end_ms - each.start_ms, ok: each.status === 'ok' }))
  const steps = incidence(timed.map(({ value, ok }) => ({ value, end: ok ? 'event' : 'never' })))
  return {
    name,
    latency: latency(taken).all,
    curve: steps.map(({ value, share }) => ({ ms: value, share })),
    band: bandOf(
      timed,
      steps.map(({ value }) => value),
    ),
    failedMs: timed.flatMap(({ value, ok }) => (ok ? [] : [value])),
  }
}

type Timed = Parameters<typeof shareSample>[1][number] & { readonly value: number; readonly ok: boolean }

function bandOf(timed: readonly Omit<Timed, 'hit'>[], moments: readonly number[]): BandPoint[] {
  const about = { name: '', entry: 'D2', definition: '', unit: 'share' }
  const none = { expected: timed.length, failed: 0, missing: 0, censored: 0 }
  const every = Math.max(1, Math.ceil(moments.length / bandPoints))
  return moments
    .filter((_, index) => index % every === 0 || index === moments.length - 1)
    .flatMap((ms) => {
      const hits = timed.map((each) => ({ ...each, hit: each.ok && each.value <= ms }))
      const { interval } = shareSample(about, hits, none)
      return interval ? [{ ms, low: interval.low, high: interval.high }] : []
    })
}

import { bootstrapInterval } from '../sample/bootstrap.ts'
import type { Origin } from '../sample/clusters.ts'
import { probabilities, shareSample } from '../sample/estimate.ts'
import { type Duration, incidence, incidenceQuantile } from '../sample/incidence.ts'
import { weightedQuantile } from '../sample/quantile.ts'
import type { Sample } from '../sample/sample.ts'
import { type Attempt, type Attempts, onlyWhole } from './attempts.ts'

/** D10: requests of lookups, answered and not. */
export interface RoundTrips {
  /** Time to an answer, over all requests. */
  readonly time: Sample
  /** Share of requests that were answered. */
  readonly answered: Sample
}

/** A request inside a lookup: answered, failed, or cut: cancelled by us, or open when the lookup ended. */
export interface Request extends Origin, Duration {
  readonly peer: string
  readonly startMs: number
}

/**
 * D10: response − request, over all requests. One that failed never got its answer; one that we cancelled, or that was open when its
 * lookup ended, is known only to have taken longer, and is no peer's fault. Quantiles are those of the curve of answers by time (`incidence`), null where it stays below.
 */
export function roundTrips(attempts: Attempts): RoundTrips {
  const { ended } = onlyWhole(attempts)
  const requests = ended.flatMap(requestsOf)
  const steps = incidence(requests)
  const failed = requests.filter(({ end }) => end === 'never').length
  const cut = requests.filter(({ end }) => end === 'cut').length
  const counted = { expected: requests.length, failed, missing: 0, censored: cut + failed }
  const decided = requests.filter(({ end }) => end !== 'cut').map((each) => ({ ...each, hit: each.end === 'event' }))
  return {
    time: {
      ...about.time,
      n: requests.length,
      ...counted,
      estimate: incidenceQuantile(steps, 0.5),
      quantiles: Object.fromEntries(probabilities.map((p) => [String(p), incidenceQuantile(steps, p)])),
      rule: 'earliest time by which the curve reaches the share',
      interval: medianInterval(requests),
      values: requests.map(({ end, value }) => (end === 'event' ? value : Number.POSITIVE_INFINITY)),
    },
    answered: shareSample(about.answered, decided, { ...counted, censored: cut }),
  }
}

const about = {
  time: {
    name: 'round trip of a request (median)',
    entry: 'D10',
    definition: 'answer − request; failed requests never got one, cancelled and open ones took longer than until then',
    unit: 'ms',
  },
  answered: {
    name: 'requests answered',
    entry: 'D10',
    definition:
      'answered / (answered + failed); requests cancelled by us or open at the end of their lookup are censored',
    unit: 'share',
  },
}

/** Requests of a lookup in the order in which they left. */
export function requestsOf({ events, end_ms, run, group, instance }: Attempt): Request[] {
  const requests: Request[] = []
  const open = new Map<string, { startMs: number; index: number }>()
  for (const { event, peer, path, ts_ms, cause } of events) {
    if (peer === null || path < 0) continue
    const key = `${path}|${peer}`
    if (event === 'sent') {
      open.set(key, { startMs: ts_ms, index: requests.length })
      const value = Math.max(0, end_ms - ts_ms)
      requests.push({ run, group, instance, peer, startMs: ts_ms, value, end: 'cut' })
    }
    const begun = open.get(key)
    if (!begun || (event !== 'answered' && event !== 'failed')) continue
    const request = requests[begun.index] as Request
    const end = event === 'answered' ? 'event' : cause === 'cancelled' ? 'cut' : 'never'
    requests[begun.index] = { ...request, value: ts_ms - begun.startMs, end }
    open.delete(key)
  }
  return requests
}

/** Cut requests rank last here too, which can only make the interval wider upwards. */
function medianInterval(requests: readonly Request[]) {
  const ranked = requests.map((each) => ({
    ...each,
    value: each.end === 'event' ? each.value : Number.POSITIVE_INFINITY,
  }))
  ranked.sort((a, b) => a.value - b.value)
  const sorted = Float64Array.from(ranked, (each) => each.value)
  const median = (weights: Uint32Array) => weightedQuantile(sorted, weights, 0.5) ?? Number.POSITIVE_INFINITY
  return bootstrapInterval(ranked, median, { of: 'requests', resamples: 200 })
}

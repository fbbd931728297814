import { specHash } from '../../composition/hash.ts'
import { InputError } from '../../errors.ts'
import { compare } from '../compare.ts'
import type { Observed } from '../observed/observed.ts'
import { pairedDifference } from '../paired/paired-difference.ts'
import { pairsOf } from '../paired/pairs.ts'
import type { Estimated } from '../sample/verdict.ts'
import { type Quantity, quantities } from './quantities.ts'
import { type Step, steps } from './steps.ts'

/** How one statistic differs between processes and their simulation. */
export interface Difference extends Pick<Quantity, 'entry' | 'name' | 'unit' | 'timed'> {
  readonly simulated: number | null
  readonly real: number | null
  /** Real − simulated. */
  readonly difference: Estimated
  /** Pairs, or for D1 lookups of the side that has fewer. */
  readonly n: number
  /** Observations that the other side lacks. */
  readonly unpaired: number
  /** Whether the interval holds 0; null without an interval. */
  readonly holdsZero: boolean | null
  /** The end of the interval that is farther from 0: no larger difference can hide. As a share of the simulated value, of shares absolute. Null where it cannot be told. */
  readonly hidden: number | null
}

/** What a simulation and processes made of the same experiments. */
export interface Agreement {
  readonly schema: 'hoplab/agreement/1'
  readonly roundTripMs: number
  readonly nodes: number
  readonly seeds: readonly number[]
  /** Measured lookups of each side that ended, and of them those that failed. */
  readonly lookups: { readonly simulated: number; readonly real: number; readonly failed: number }
  /** Outcomes of the runs that did not succeed. */
  readonly outcomes: readonly string[]
  readonly differences: readonly Difference[]
  readonly steps: readonly Step[]
  readonly runs: readonly string[]
}

/** How intervals are drawn. */
export interface AgreementOptions {
  /** Of the bootstrap; 1 unless said. */
  readonly seed?: number
}

/**
 * Compares a simulation with processes that ran the same experiments: each lookup with the same node's lookup of the same key under the same
 * seed (D4, D7, D8, D13, D2), each table with the same node's (R1). Intervals of differences resample seeds, then nodes, then pairs; that
 * of success (D1) is Newcombe's of two shares.
 *
 * @throws InputError where the two sides did not run the same experiments, or where their links are not alike and of a latency alone.
 */
export function agreement(simulated: Observed, real: Observed, options: AgreementOptions = {}): Agreement {
  const { seed = 1 } = options
  const roundTripMs = sameExperiments(simulated, real)
  const differences = quantities(roundTripMs).map((quantity): Difference => {
    const { pairs, unpaired } = pairsOf(quantity.observe(simulated), quantity.observe(real))
    const { of, entry, name, unit, timed } = quantity
    const { baseline, candidate, difference } = pairedDifference(pairs, { of, share: unit === 'share', seed })
    const told = { entry, name, unit, timed, simulated: baseline, real: candidate, difference }
    return judged({ ...told, n: pairs.length, unpaired })
  })
  const success = compare(simulated, real, { statistic: 'D1', margin: 0.01, seed })
  const [first] = simulated.records
  return {
    schema: 'hoplab/agreement/1',
    roundTripMs,
    nodes: first?.instances.length ?? 0,
    seeds: seedsOf(simulated),
    lookups: {
      simulated: success.baseline.n,
      real: success.candidate.n,
      failed: failures(success.baseline) + failures(success.candidate),
    },
    outcomes: [...simulated.records, ...real.records].flatMap(({ outcome }) =>
      outcome === 'success' ? [] : [outcome],
    ),
    differences: [successOf(success), ...differences],
    steps: steps(simulated, real, roundTripMs),
    runs: [...simulated.records, ...real.records].map(({ run }) => run),
  }
}

function judged(told: Omit<Difference, 'holdsZero' | 'hidden'>): Difference {
  const { interval } = told.difference
  const farthest = interval && Math.max(Math.abs(interval.low), Math.abs(interval.high))
  return { ...told, holdsZero: interval && interval.low <= 0 && interval.high >= 0, hidden: scaled(told, farthest) }
}

/** A difference as a share of the simulated value; of shares as it is. Null where it cannot be told. */
export function scaled(
  { unit, simulated }: Pick<Difference, 'unit' | 'simulated'>,
  value: number | null,
): number | null {
  if (value === null || unit === 'share') return value
  return simulated ? value / Math.abs(simulated) : null
}

type Success = ReturnType<typeof compare>

function successOf({ baseline, candidate, difference }: Success): Difference {
  return judged({
    entry: 'D1',
    name: 'lookups that succeed',
    unit: 'share',
    timed: false,
    simulated: baseline.estimate,
    real: candidate.estimate,
    difference,
    n: Math.min(baseline.n, candidate.n),
    unpaired: Math.abs(baseline.n - candidate.n),
  })
}

const failures = ({ n, estimate }: Success['baseline']) => Math.round(n * (1 - (estimate ?? 1)))
const seedsOf = ({ records }: Pick<Observed, 'records'>) => records.map(({ spec }) => spec.seed)

/** The round trip that both sides were given, ms. */
function sameExperiments(simulated: Observed, real: Observed): number {
  const hashes = (data: Observed) => data.records.map(({ spec }) => specHash(spec)).sort()
  const [a, b] = [hashes(simulated), hashes(real)]
  if (a.length === 0 || a.join() !== b.join())
    throw new InputError(
      `agreement: the runs are not of the same experiments: specs ${short(a)} and ${short(b)}; give runs of one composition on both sides, one of each seed`,
    )
  const links = simulated.records.map(({ spec }) => spec.network)
  const trips = [...new Set(links.map((link) => 2 * (link?.latencyMs ?? 0)))]
  const [roundTripMs = 0] = trips
  const varied = links.some((link) => link !== null && link.jitterMs + link.bandwidthBps + link.loss > 0)
  if (trips.length > 1 || roundTripMs === 0 || varied)
    throw new InputError(
      `agreement: round trips of ${trips.join(' and ')} ms were asked for${varied ? ', with jitter, bandwidth or loss' : ''}; write network = { latency_ms = … } with one latency above 0 and nothing else, so that round trips can be counted`,
    )
  return roundTripMs
}

const short = (hashes: readonly string[]) => hashes.map((hash) => hash.slice(0, 8)).join(', ') || 'none'

import { InputError } from '../../errors.ts'
import type { ModelHops } from '../../models/hops-model.ts'
import { type Accounted, meanSample, type Observation } from '../sample/estimate.ts'
import type { Sample } from '../sample/sample.ts'

const definition =
  'rounds of a greedy lookup until one of the 20 peers closest to the key is asked: 0 where the asker is one, 1 where one of the 10 closest in its table is, else the 10 closest in the tables of those, and so on'

/** RFM19.1: mean hops of modelled lookups. The interval resamples sets, then lookups; lookups that could not go on count as failed. */
export function hops({ model, sets }: ModelHops): Sample {
  const observed = observations(sets.map((of) => Array.from(of, (value) => (value < 0 ? null : value))))
  return meanSample(
    { name: `hops with ${model.tables} tables`, entry: 'RFM19.1', definition, unit: 'hops' },
    observed,
    { ...accounted(model.sets * model.lookups, observed.length), ...bootstrap },
  )
}

/**
 * RFM19.1: mean of the candidate's hops minus the baseline's, lookup by lookup: same keys of peers, same asker, same key looked up.
 * Below 0 the candidate takes fewer. The interval resamples sets, then pairs.
 *
 * @throws InputError where the two do not pair: other peers, lookups, sets or seed.
 */
export function hopsDifference(baseline: ModelHops, candidate: ModelHops): Sample {
  const [a, b] = [baseline.model, candidate.model]
  const differing = (['peers', 'lookups', 'sets', 'seed'] as const).filter((name) => a[name] !== b[name])
  if (differing.length > 0)
    throw new InputError(
      `hopsDifference: the two do not pair: ${differing.map((name) => `${name} ${a[name]} and ${b[name]}`).join(', ')}; give both models the same`,
    )
  const pairs = baseline.sets.map((of, set) =>
    Array.from(of, (value, i) => {
      const other = candidate.sets[set]?.[i] ?? -1
      return value < 0 || other < 0 ? null : other - value
    }),
  )
  const observed = observations(pairs)
  return meanSample(
    {
      name: `hops with ${b.tables} minus hops with ${a.tables} tables`,
      entry: 'RFM19.1',
      definition: `difference of the two, lookup by lookup: ${definition}`,
      unit: 'hops',
    },
    observed,
    { ...accounted(a.sets * a.lookups, observed.length), ...bootstrap },
  )
}

const bootstrap = { of: 'lookups', within: 'sets' } as const

/** One observation a lookup; a set of peers stands where runs stand, and its lookups, whose askers seldom ask twice, are one group. */
function observations(sets: readonly (readonly (number | null)[])[]): Observation[] {
  return sets.flatMap((values, set) =>
    values.flatMap((value) => (value === null ? [] : [{ run: `set ${set + 1}`, group: 'peers', instance: 0, value }])),
  )
}

function accounted(expected: number, n: number): Accounted {
  return { expected, failed: expected - n, missing: 0, censored: 0 }
}

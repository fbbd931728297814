import * as assert from 'uvu/assert'
import { expectedMin } from '../../../kernel-lib/stats/sample/binomial.ts'
import { bootstrapInterval, replicates } from '../../../kernel-lib/stats/sample/bootstrap.ts'
import { designEffect } from '../../../kernel-lib/stats/sample/design-effect.ts'
import { meanSample, shareSample } from '../../../kernel-lib/stats/sample/estimate.ts'
import { formatSample } from '../../../kernel-lib/stats/sample/format.ts'
import { gini } from '../../../kernel-lib/stats/sample/gini.ts'
import { incidence, incidenceQuantile } from '../../../kernel-lib/stats/sample/incidence.ts'
import { quantile, weightedQuantile } from '../../../kernel-lib/stats/sample/quantile.ts'
import { seededRandom } from '../../../kernel-lib/stats/sample/random.ts'
import { wilson } from '../../../kernel-lib/stats/sample/wilson.ts'
import { describe } from '../../suite.ts'

const near = (a: number | null | undefined, b: number, within = 1e-9) =>
  assert.ok(typeof a === 'number' && Math.abs(a - b) <= within, `${a} is not ${b}`)
const none = { expected: 0, failed: 0, missing: 0, censored: 0 }
const about = { name: 'x', entry: 'D4', definition: 'x', unit: 'hops' }

describe('quantile', (test) => {
  test('follows rule type 7 as R does', () => {
    near(quantile([1, 2, 3, 4], 0.25), 1.75)
    near(quantile([10, 1, 5], 0.9), 9)
    near(quantile([7], 0.99), 7)
    assert.is(quantile([], 0.5), null)
  })

  test('is null where it rests on what is censored, and only there', () => {
    const values = [1, 2, 3, Number.POSITIVE_INFINITY]
    assert.is(quantile(values, 0.5), 2.5)
    assert.is(quantile(values, 2 / 3), 3)
    assert.is(quantile(values, 0.9), null)
  })

  test('with weights equals the quantile of values repeated', () => {
    const random = seededRandom(3)
    for (let round = 0; round < 50; round++) {
      const sorted = Array.from({ length: 9 }, () => random() * 10).sort((a, b) => a - b)
      const weights = sorted.map(() => Math.floor(random() * 4))
      const repeated = sorted.flatMap((value, i) => new Array<number>(weights[i] as number).fill(value))
      for (const p of [0, 0.1, 0.5, 0.77, 1]) assert.is(weightedQuantile(sorted, weights, p), quantile(repeated, p))
    }
  })
})

describe('incidence', (test) => {
  test('without censoring is the plain ECDF', () => {
    const steps = incidence([3, 1, 1, 2].map((value) => ({ value, end: 'event' })))
    assert.equal(
      steps.map(({ value, share }) => [value, share]),
      [
        [1, 0.5],
        [2, 0.75],
        [3, 1],
      ],
    )
  })

  test('with open ends is Kaplan and Meier: 6-MP remission times of Freireich (1963)', () => {
    const events = [6, 6, 6, 7, 10, 13, 16, 22, 23].map((value) => ({ value, end: 'event' as const }))
    const cut = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((value) => ({ value, end: 'cut' as const }))
    const steps = incidence([...cut, ...events])
    const survival = Object.fromEntries(steps.map(({ value, share }) => [value, 1 - share]))
    near(survival[6], 0.857, 5e-4)
    near(survival[10], 0.753, 5e-4)
    near(survival[23], 0.448, 5e-4)
    assert.is(incidenceQuantile(steps, 0.5), 23)
    assert.is(incidenceQuantile(steps, 0.6), null)
  })

  test('stops below 1 by the share that failed', () => {
    const steps = incidence([
      { value: 1, end: 'never' },
      { value: 2, end: 'event' },
      { value: 3, end: 'event' },
      { value: 9, end: 'never' },
    ])
    assert.is(steps.at(-1)?.share, 0.5)
    assert.is(incidenceQuantile(steps, 0.25), 2)
  })
})

describe('intervals', (test) => {
  test("Wilson's are those of Newcombe's (1998) table", () => {
    const interval = wilson(81, 263)
    near(interval?.low, 0.2553, 5e-5)
    near(interval?.high, 0.3662, 5e-5)
    assert.equal([wilson(0, 20)?.low, wilson(20, 20)?.high], [0, 1])
    assert.is(wilson(0, 0), null)
  })

  test('a bootstrap is the same for the same seed and differs for another', () => {
    const data = hierarchy(seededRandom(1), { nodes: 10, each: 5, between: 1 })
    const interval = (seed: number) => meanSample(about, data, { ...none, seed }).interval
    assert.equal(interval(1), interval(1))
    assert.not.equal(interval(1)?.low, interval(2)?.low)
  })

  test('say what was resampled', () => {
    const method = (origins: { run: string; instance: number }[]) =>
      replicates(
        origins.map((each) => ({ group: 'g', ...each })),
        () => 1,
        { resamples: 10 },
      )?.method
    const [a, b, c] = [
      { run: 'a', instance: 0 },
      { run: 'a', instance: 1 },
      { run: 'b', instance: 0 },
    ]
    assert.is(method([a, a, b]), 'bootstrap of nodes, lookups (10 resamples, seed 1)')
    assert.is(method([a, a, b, c]), 'bootstrap of runs, nodes, lookups (10 resamples, seed 1)')
    assert.is(method([a, a]), 'bootstrap of lookups (10 resamples, seed 1)')
    assert.is(method([a, b]), 'bootstrap of nodes (10 resamples, seed 1)')
    assert.is(method([a]), undefined)
  })

  test('of the mean hold the truth in about 95 of 100 samples whose nodes differ', () => {
    const random = seededRandom(11)
    let held = 0
    for (let i = 0; i < 200; i++) {
      const data = hierarchy(random, { nodes: 30, each: 4, between: 1 })
      const interval = meanSample(about, data, { ...none, resamples: 300 }).interval
      if (interval && interval.low <= 0 && 0 <= interval.high) held++
    }
    assert.ok(held >= 180 && held <= 199, `${held} of 200`)
  })

  test('are wider where observations of a node are alike', () => {
    const random = seededRandom(5)
    const values = Array.from({ length: 20 }, () => random())
    const clustered = values.flatMap((value, instance) => [0, 1, 2, 3].map(() => ({ ...at(instance), value })))
    const apart = values.flatMap((value, i) => [0, 1, 2, 3].map((j) => ({ ...at(4 * i + j), value })))
    const width = (data: typeof apart) => {
      const interval = meanSample(about, data, none).interval
      return (interval?.high ?? 0) - (interval?.low ?? 0)
    }
    assert.ok(width(clustered) > 1.5 * width(apart))
  })

  test('of a share widen with the design effect, which is 1 for one lookup a node', () => {
    const apart = Array.from({ length: 40 }, (_, i) => ({ ...at(i), hit: i < 30 }))
    const clustered = Array.from({ length: 40 }, (_, i) => ({ ...at(Math.floor(i / 10)), hit: i < 30 }))
    assert.is(shareSample(about, apart, none).interval?.method, 'wilson')
    assert.equal(shareSample(about, apart, none).interval, wilson(30, 40))
    const hits = clustered.map(({ hit }) => hit)
    near(designEffect(clustered, hits), 13)
    assert.match(shareSample(about, clustered, none).interval?.method ?? '', /design effect 13\.00/)
  })

  test('are null where nothing can vary', () => {
    assert.is(
      bootstrapInterval([at(0)], () => 1),
      null,
    )
    assert.is(meanSample(about, [], none).interval, null)
    assert.is(shareSample(about, [], none).interval, null)
  })
})

describe('numbers', (test) => {
  test('Gini is 0 for equal values and (n − 1)/n where one has all', () => {
    near(gini([3, 3, 3]), 0)
    near(gini([0, 0, 0, 8]), 0.75)
    assert.is(gini([]), null)
    assert.is(gini([0, 0]), null)
  })

  test('E[min(k, Bin(n, p))] is that of adding up all outcomes', () => {
    near(expectedMin(2, 2, 0.5), 1)
    near(expectedMin(1, 2, 0.5), 0.75)
    near(expectedMin(20, 10, 0.5), 5, 1e-12)
    near(expectedMin(20, 100_000, 0.5), 20)
    near(expectedMin(20, 100_000, 2 ** -20), 100_000 * 2 ** -20, 1e-9)
    assert.is(expectedMin(20, 0, 0.5), 0)
  })

  test('a sample prints with its interval, n and what failed', () => {
    const interval = { low: 2.01, high: 2.19, level: 0.95, method: 'wilson' }
    const sample = { ...about, n: 397, expected: 400, failed: 3, missing: 0, censored: 0, mean: 2.1, interval }
    assert.is(formatSample(sample), '2.10 hops (95 % 2.01–2.19), n 397 of 400, 3 failed')
    assert.is(formatSample({ ...sample, mean: null, n: 0 }), 'unknown, n 0 of 400, 3 failed')
    const share = { ...sample, unit: 'share', mean: null, estimate: 0.85, interval: null, failed: 0, expected: 397 }
    assert.is(formatSample(share), '85.0 %, n 397')
  })
})

function at(instance: number) {
  return { run: 'r', group: 'g', instance }
}

function hierarchy(random: () => number, size: { nodes: number; each: number; between: number }) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Array.from({ length: size.nodes }, (_, instance) => {
    const own = normal() * size.between
    return Array.from({ length: size.each }, () => ({ ...at(instance), value: own + normal() }))
  }).flat()
}

import * as assert from 'uvu/assert'
import { growthPerDecade } from '../../../kernel-lib/stats/growth/per-decade.ts'
import { type Level, slopeSample } from '../../../kernel-lib/stats/growth/slope.ts'
import { describe } from '../../suite.ts'
import { build } from './build.ts'

const about = { name: 'growth', entry: 'D4', definition: 'slope', unit: 'hops per decade' }
const counted = { expected: 0, failed: 0, missing: 0, censored: 0 }
const level = (x: number, values: readonly number[], instances = values.length): Level => ({
  x,
  observations: values.map((value, i) => ({ run: `r${x}`, group: 'all', instance: i % instances, value })),
})

describe('the slope of a line through levels', (test) => {
  test('is that of a regression over all observations: levels weigh as many as they have', () => {
    const { estimate, intercept, n } = slopeSample(
      about,
      [level(2, [1, 1, 1, 1]), level(3, [2, 2]), level(4, [2])],
      counted,
    )
    const [x, y] = [
      [2, 2, 2, 2, 3, 3, 4],
      [1, 1, 1, 1, 2, 2, 2],
    ]
    const middle = (of: readonly number[]) => of.reduce((sum, each) => sum + each, 0) / of.length
    const [mx, my] = [middle(x), middle(y)]
    const along = x.reduce((sum, each, i) => sum + (each - mx) * ((y[i] as number) - my), 0)
    const slope = along / x.reduce((sum, each) => sum + (each - mx) ** 2, 0)
    assert.ok(Math.abs((estimate as number) - slope) < 1e-12)
    assert.ok(Math.abs((intercept as number) - (my - slope * mx)) < 1e-12)
    assert.is(n, 7)
  })

  test('has no interval without spread to resample, and is unknown at one level', () => {
    assert.is(slopeSample(about, [level(2, [1]), level(3, [2])], counted).interval, null)
    const { estimate, interval } = slopeSample(about, [level(2, [1, 2, 3]), level(3, [])], counted)
    assert.equal([estimate, interval], [null, null])
  })

  test('has an interval that holds the truth about as often as it says, and is wider where lookups of a node are alike', () => {
    let state = 1
    const uniform = () => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    }
    const noise = () => uniform() + uniform() + uniform() - 1.5
    let held = 0
    for (let at = 0; at < 100; at++) {
      const levels = [2, 3, 4].map((x) =>
        level(
          x,
          Array.from({ length: 30 }, () => 0.6 * x + noise()),
        ),
      )
      const { interval } = slopeSample(about, levels, { ...counted, resamples: 200, seed: at })
      if (interval && interval.low <= 0.6 && interval.high >= 0.6) held++
    }
    assert.ok(held >= 88 && held <= 100, String(held))
    const alike = [2, 3, 4].map((x) => {
      const nodes = [noise(), noise(), noise(), noise(), noise()]
      return level(
        x,
        Array.from({ length: 30 }, (_, i) => 0.6 * x + (nodes[i % 5] as number)),
        5,
      )
    })
    const apart = alike.map(({ x, observations }) =>
      level(
        x,
        observations.map(({ value }) => value),
      ),
    )
    const width = (levels: readonly Level[]) => {
      const { interval } = slopeSample(about, levels, counted)
      return (interval?.high ?? 0) - (interval?.low ?? 0)
    }
    assert.ok(width(alike) > 1.5 * width(apart), `${width(alike)} ${width(apart)}`)
  })
})

describe('growth in ten times as many nodes', (test) => {
  const network = (count: number, endMs: readonly number[], rest: Record<string, unknown> = {}) => {
    const lookups = endMs.map((end_ms, i) => ({ lookup: `l${i}`, instance: i, end_ms, ...rest }))
    const data = build({ lookups })
    const [record] = data.records
    return {
      ...data,
      records: [{ ...record, spec: { ...record?.spec, groups: [{ id: 'all', count }] } }],
    } as unknown as typeof data
  }

  test('is the difference where networks are ten times as large, and counts failures apart', () => {
    const failing = network(1000, [600, 600, 9000])
    const { estimate, failed, n, unit } = growthPerDecade([network(100, [300, 500]), failing], 'D2')
    assert.equal([n, failed, unit], [5, 0, 'ms per decade'])
    assert.ok(Math.abs((estimate as number) - 3000) < 1e-9)
    const none = growthPerDecade([network(100, [300, 500]), network(1000, [600], { status: 'failed' })], 'D2')
    assert.equal([none.estimate, none.n, none.failed, none.missing], [null, 2, 1, 0])
  })

  test('takes networks of one size in one place alone', () => {
    const [small, large] = [network(100, [300]), network(1000, [300])]
    const mixed = { ...small, records: [...small.records, ...large.records] } as unknown as typeof small
    assert.throws(() => growthPerDecade([mixed], 'D2'), /100 and 1000 nodes in one place/)
  })
})

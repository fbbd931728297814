import * as assert from 'uvu/assert'
import { compare } from '../../../kernel-lib/stats/compare.ts'
import { describe } from '../../suite.ts'
import { build } from './build.ts'

describe('compare', (test) => {
  const run = (latencies: readonly number[], failed = 0) =>
    build({
      lookups: latencies.map((end_ms, instance) => ({ instance, end_ms, status: instance < failed ? 'failed' : 'ok' })),
    })
  const base = Array.from({ length: 40 }, (_, i) => 100 + (i % 10))
  const twice = base.map((value) => value * 2)

  test('says better, worse and same by the direction of the measure', () => {
    assert.is(compare(run(twice), run(base), { margin: 0.1 }).verdict, 'better')
    assert.is(compare(run(base), run(twice), { margin: 0.1 }).verdict, 'worse')
    assert.is(compare(run(base), run(base), { margin: 0.1 }).verdict, 'same')
    assert.is(compare(run(base), run(base, 30), { statistic: 'D1', margin: 0.05 }).verdict, 'worse')
  })

  test('gives difference and ratio with intervals', () => {
    const { difference, ratio } = compare(run(base), run(twice), { margin: 0.1 })
    assert.is(difference.estimate, 104.5)
    assert.is(ratio.estimate, 2)
    assert.ok(ratio.interval && ratio.interval.low > 1.9 && ratio.interval.high < 2.1)
  })

  test('is unknown for few, for none, and where failures hide the median', () => {
    assert.is(compare(run(base.slice(0, 5)), run(twice), { margin: 0.1 }).verdict, 'unknown')
    assert.is(compare(run([]), run([]), { margin: 0.1 }).verdict, 'unknown')
    assert.is(compare(run(base), run(base, 30), { margin: 0.1 }).verdict, 'unknown')
  })

  test('does not take 12 of 12 on both sides for the same within a point', () => {
    const few = run(base.slice(0, 12))
    assert.is(compare(few, few, { statistic: 'D1', margin: 0.01 }).verdict, 'unknown')
  })

  test('refuses a margin and a statistic that are none, both at once', () => {
    const wrong = { statistic: 'D99', margin: -1 } as never
    assert.throws(() => compare(run(base), run(base), wrong), /D99.*D1, D2.*margin -1/)
  })
})

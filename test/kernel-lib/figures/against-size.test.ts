import * as assert from 'uvu/assert'
import { measureAgainstSize } from '../../../kernel-lib/figures/against-size.ts'
import { growthPerDecade } from '../../../kernel-lib/stats/growth/per-decade.ts'
import { describe } from '../../suite.ts'
import { build } from '../stats/build.ts'

function network(count: number, endMs: readonly number[], status = 'ok') {
  const data = build({ lookups: endMs.map((end_ms, i) => ({ lookup: `l${i}`, instance: i, end_ms, status })) })
  const [record] = data.records
  return {
    ...data,
    records: [{ ...record, spec: { ...record?.spec, groups: [{ id: 'all', count }] } }],
  } as unknown as typeof data
}

describe('the figure of a measure against the number of nodes', (test) => {
  test('has rising sizes, what stands beside, and n and failures at each size', () => {
    const figure = measureAgainstSize([network(1000, [800, 900]), network(100, [400, 500, 600])], {
      measure: 'D2',
      beside: [
        { label: 'a model', points: [{ nodes: 100, sample: { mean: 700 } }] },
        { label: 'a theory', theory: true, points: [100, 1000].map((nodes) => ({ nodes, sample: { mean: 900 } })) },
      ],
    })
    assert.is(figure.title, 'Median lookup latency: 0.5 s among 100, 0.85 s among 1,000')
    assert.match(figure.caption, '100 / 1,000 nodes: n 3 / 2 of 3 / 2, failed 0, missing 0, censored 0')
    assert.equal(
      figure.rows.map(([nodes, what, unit, value]) => [nodes, what, unit, value]),
      [
        [100, 'observed', 'ms', 500],
        [1000, 'observed', 'ms', 850],
        [100, 'a model', 'ms', 700],
        [100, 'a theory', 'ms', 900],
        [1000, 'a theory', 'ms', 900],
      ],
    )
    assert.match(figure.description, 'A model, s: 0.7 at 100 nodes.')
    assert.match(figure.svg, 'a theory')
    assert.match(figure.svg, '1,000')
  })

  test('says what ten times as many nodes cost, in its unit', () => {
    const places = [network(100, [400, 500, 600]), network(1000, [900, 1000, 1100])]
    const figure = measureAgainstSize(places, { measure: 'D2', slope: growthPerDecade(places, 'D2') })
    assert.match(figure.title, /^Median lookup latency: 500 ms \(\d+–\d+\) more in ten times as many nodes$/)
    assert.match(figure.caption, 'within each level')
  })

  test('draws a question mark where failures hide the value', () => {
    const places = [network(100, [400, 500]), network(1000, [60_000, 60_000], 'failed')]
    const figure = measureAgainstSize(places, { measure: 'D2' })
    assert.match(figure.title, 'unknown among 1,000')
    assert.match(figure.svg, />\?</)
  })

  test('says that it is unknown where no lookup ended', () => {
    assert.match(measureAgainstSize([network(100, [])], { measure: 'D2' }).title, 'unknown')
  })
})

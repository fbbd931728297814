import * as assert from 'uvu/assert'
import { samplesAcross } from '../../../kernel-lib/figures/samples-across.ts'
import { meanSample, shareSample } from '../../../kernel-lib/stats/sample/estimate.ts'
import { describe } from '../../suite.ts'

const about = { name: 'share of the closest known', entry: 'R5', definition: 'of the closest, those known' }
const counted = { expected: 8, failed: 1, missing: 1, censored: 0 }
const rows = Array.from({ length: 6 }, (_, instance) => ({
  run: 'r',
  group: 'nodes',
  instance,
  hit: instance < 3,
  value: instance,
}))

describe('a figure of samples', (test) => {
  test('tells each with its interval, n and what is not there, shares in per cent', () => {
    const sample = shareSample({ ...about, unit: 'share' }, rows, counted)
    const figure = samplesAcross({
      title: 'Half are known',
      lines: [{ label: 'shipped', sample, baseline: true }],
      from: [],
    })
    assert.match(figure.subtitle, 'Share of the closest known (R5). Of the closest, those known.')
    assert.match(figure.caption, 'shipped: n 6 of 8, failed 1, missing 1; 95 % interval: wilson')
    assert.equal(figure.rows[0]?.slice(0, 3), ['shipped', 'share', 0.5])
    assert.match(figure.svg, /50 % \(\d+–\d+ %\)/)
  })

  test('tells a mean in its unit, and reaches as far as its interval', () => {
    const sample = meanSample({ ...about, unit: 'dials' }, rows, counted)
    const figure = samplesAcross({ title: 'Dials', lines: [{ label: 'first', sample }], from: [] })
    assert.match(figure.description, /Dials\. first: 2\.5 \(\d/)
    assert.match(figure.svg, 'Share of the closest known, dials')
  })

  test('says that it knows nothing where nothing was observed', () => {
    const sample = shareSample({ ...about, unit: 'share' }, [], { ...counted, expected: 0, failed: 0, missing: 0 })
    const figure = samplesAcross({ title: 'Known', lines: [{ label: 'shipped', sample }], from: [] })
    assert.is(figure.title, 'Known: unknown')
  })
})

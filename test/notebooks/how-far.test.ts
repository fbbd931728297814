// time limit: 300 s
import * as assert from 'uvu/assert'
import { describe } from '../suite.ts'
import { withPublished } from './published.ts'

describe('the notebook how-far', (test) => {
  test('runs two small sizes, answers with growth and its interval, and its page says that networks began warm', async () => {
    const parameters = { sizes: '30 120', lookups: '5', seeds: '1', seed: '3' }
    await withPublished('how-far', parameters, ({ text }) => {
      for (const said of [
        '<h1>How far is far?</h1>',
        'In ten times as many nodes a lookup takes',
        '30 to 120 nodes, 2 runs that began warm, 10 of 10 lookups, 0 failed',
        'Warm start: ',
        'Says nothing of joining or convergence.',
        'light model, not libp2p',
        'theory: log2(nodes) ÷ 5.7',
        'within each level',
        '<h2 id="limits">',
      ])
        assert.ok(text.includes(said), said)
    })
  })
})

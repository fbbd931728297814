// time limit: 300 s
import * as assert from 'uvu/assert'
import { describe } from '../suite.ts'
import { withPublished } from './published.ts'

describe('the notebook nat-and-crashes', (test) => {
  test('runs the shipped compositions small, and its page has success, latency and hops against the share', async () => {
    await withPublished('nat-and-crashes', { nodes: '10', seeds: '1', seed: '3' }, ({ text }) => {
      for (const said of [
        '<h1>What becomes of lookups among 100 nodes when most cannot be dialed, or some keep crashing?</h1>',
        'of the nodes behind routers a lookup takes',
        ...['D1', 'D2', 'D4', 'D13'].map((entry) => `(${entry})`),
        'harsh-50',
        'succeed (95 %)',
        '<h2 id="limits">',
      ])
        assert.ok(text.includes(said), said)
    })
  })
})

// time limit: 600 s
import * as assert from 'uvu/assert'
import { describe } from '../suite.ts'
import { withPublished } from './published.ts'

const tiny = { nodes: '120', records: '1', rounds: '2', seed: '3' }

describe('the notebook records', (test) => {
  test('runs small, and its page tells how records are provided and found, and what is left of them', async () => {
    await withPublished('records', tiny, ({ text }) => {
      for (const said of [
        '<h1>What becomes of provider records among thousands of nodes?</h1>',
        'With 95 % of the nodes behind routers',
        'Provides that succeed',
        'Peers that took the record',
        'Median search latency',
        '10 % of the nodes crash every 60 s',
        'after records were provided,',
        'Warm start: kademlia tables',
        '<h2 id="limits">',
      ])
        assert.ok(text.includes(said), said)
    })
  })
})

// time limit: 600 s
import * as assert from 'uvu/assert'
import { describe } from '../suite.ts'
import { withPublished } from './published.ts'

const tiny = {
  sizes: '60 120',
  askers: '1',
  lookupsPerNode: '1',
  shares: '0,0.5',
  seed: '3',
}

describe('the notebook unreachable', (test) => {
  test('runs small, and its page has each measure against the share, and what helps', async () => {
    await withPublished('unreachable', tiny, ({ text }) => {
      for (const said of [
        '<h1>What do unreachable peers cost a lookup in a network of thousands?</h1>',
        'With 50 % of the nodes behind routers a lookup takes',
        '2 instances among 120 nodes, 2 runs, 4 lookups,',
        '60 nodes, α 10',
        ...['D1', 'D2', 'D4', 'D7', 'D8', 'D9', 'D13'].map((entry) => `(${entry})`),
        'Lookups that succeed with 50 % behind routers',
        '50 %, clients',
        'Warm start: kademlia tables',
        '<h2 id="limits">',
      ])
        assert.ok(text.includes(said), said)
    })
  })
})

// time limit: 300 s
import * as assert from 'uvu/assert'
import { describe } from '../suite.ts'
import { withPublished } from './published.ts'

describe('the notebook harsh-networks', (test) => {
  test('runs small, answers, and its page has a figure for each measure and how lookups end', async () => {
    await withPublished('harsh-networks', { nodes: '10', lookupsPerNode: '1', seeds: '1', seed: '3' }, ({ text }) => {
      for (const said of [
        '<h1>What do unreachable and crashing peers cost a lookup?</h1>',
        'With 90 % of the nodes behind routers a lookup takes',
        '10 nodes, 4 runs, 40 lookups,',
        '<summary>5 more runs</summary>',
        '-p nodes=10 -p lookupsPerNode=1 -p seeds=1 -p seed=3 --publish',
        ...['D1', 'D2', 'D4', 'D7', 'D8', 'D9', 'D13', 'R4'].map((entry) => `(${entry})`),
        '90 % of nodes behind routers',
        'succeed (95 %)',
        '<h2 id="limits">',
      ])
        assert.ok(text.includes(said), said)
    })
  })
})

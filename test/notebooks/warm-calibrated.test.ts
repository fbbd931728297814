// time limit: 300 s
import * as assert from 'uvu/assert'
import { describe } from '../suite.ts'
import { withPublished } from './published.ts'

describe('the notebook warm-calibrated', (test) => {
  test('runs small, finds fill and neighbourhood by its rule, compares each warm network with the bootstrapped one, and says what warm networks cannot', async () => {
    await withPublished(
      'warm-calibrated',
      { sizes: '14', lookups: '10', bucketSize: '3', seeds: '1', fills: '0.5', margin: '0.05' },
      ({ text }) => {
        for (const said of [
          '<h1>When does a network that begins warm behave as one that bootstrapped?</h1>',
          '-p sizes=14 -p lookups=10 -p bucketSize=3 -p walks=1 -p prefixLength=8 -p seeds=1 -p measuredSeeds=2 -p fills=0.5 -p connectionSeeds=2 -p margin=0.05 -p seed=1 -p taken= --publish',
          'With tables drawn to the fill and the neighbourhood of bootstrapped ones, a lookup of a warm network differs from one of a network that bootstrapped by ',
          '10 pairs of lookups from 1 seed among 14, 0 runs did not succeed',
          ...['recorded tables', 'trie, calibrated', 'trie, full', 'kademlia, 0.5'],
          'Figure 5',
          'Says nothing of joining or convergence.',
          '<h2 id="limits">',
        ])
          assert.ok(text.includes(said), said)
      },
    )
  })
})

// time limit: 300 s
import * as assert from 'uvu/assert'
import { describe } from '../suite.ts'
import { withPublished } from './published.ts'

describe('the notebook sim-agrees', (test) => {
  test('runs small on both harnesses, compares them, and its page says how to repeat it', async () => {
    await withPublished(
      'sim-agrees',
      { nodes: '6', lookupsPerNode: '2', seeds: '2', latencyMs: '25', lookupRate: '8' },
      ({ text }) => {
        for (const said of [
          '<h1>Does the simulation agree with real processes?</h1>',
          '6 nodes, 2 seeds, 24 simulated and 24 real lookups',
          '-p nodes=6 -p lookupsPerNode=2 -p seeds=2 -p latencyMs=25 -p lookupRate=8 -p seed=1 --publish',
          'round trips waited for, a lookup',
          'Figure 1',
          '<h2 id="limits">',
        ])
          assert.ok(text.includes(said), said)
      },
    )
  })
})

// time limit: 600 s
import * as assert from 'uvu/assert'
import { describe } from '../suite.ts'
import { withPublished } from './published.ts'

describe('the notebook js-kad-dht', (test) => {
  test('runs small, answers, and its page tells each defect, its version and how to repeat it', async () => {
    await withPublished('js-kad-dht', { nodes: '6', peers: '3000', walks: '10', seed: '3' }, ({ text }) => {
      for (const said of [
        '<h1>What we found in js kad-dht</h1>',
        'In nine places. In @libp2p/kad-dht 16.4.5 the table is never refreshed (0 times in six minutes)',
        'as shipped, six minutes later',
        'Model of 3,000 peers',
        '-p nodes=6 -p seeds=1 -p peers=3000 -p walks=10 -p seed=3 --publish',
        'QueryError: Could not send correction',
        '16,384',
        '<h2 id="limits">',
      ])
        assert.ok(text.includes(said), said)
    })
  })
})

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from '../suite.ts'
import { withPublished } from './published.ts'

describe('the notebook balanced-buckets', (test) => {
  test('runs small, answers, and its page says that it is a model, which one, and how to repeat it', async () => {
    await withPublished(
      'balanced-buckets',
      { peers: '800', sets: '2', lookups: '300', seed: '3' },
      ({ text, page, site }) => {
        for (const said of [
          '<h1>Do balanced buckets shorten lookups?</h1>',
          'a model of 800 peers, 2 sets, 600 pairs of lookups, 0 failed',
          'model of random and balanced tables, no network',
          'seed 3',
          '-p peers=800 -p sets=2 -p lookups=300 -p seed=3 --publish',
          'Figure 1',
          'published: random, balanced',
          '<h2 id="limits">',
        ])
          assert.ok(text.includes(said), said)
        const [link = ''] = /models\/[0-9a-f]{8}\.json/.exec(text) ?? []
        const card = JSON.parse(readFileSync(join(dirname(page), link), 'utf8'))
        assert.equal([card.spec.peers, card.spec.bucketSizes, card.seed], [800, [10, 20, 100], 3])
        assert.ok(text.includes(`spec ${card.hash.slice(0, 8)}`))
        assert.match(readFileSync(join(site, 'index.html'), 'utf8'), 'model')
      },
    )
  })
})

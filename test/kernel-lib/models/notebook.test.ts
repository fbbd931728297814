import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { writeNotebook } from '../../../kernel-lib/kernel/document/notebook.ts'
import { executeNotebook } from '../../../kernel-lib/kernel/execute/execute.ts'
import { publish } from '../../../publish/publish.ts'
import { describe } from '../../suite.ts'
import { build } from '../kernel/notebooks.ts'

const notebook = resolve(import.meta.dirname, '../../../notebooks/balanced-buckets.ipynb')

describe('the notebook balanced-buckets', (test) => {
  test('runs small, answers, and its page says that it is a model, which one, and how to repeat it', async () => {
    build()
    const folder = mkdtempSync(join(tmpdir(), 'hoplab-balanced-'))
    try {
      const { failed, notebook: executed } = await executeNotebook(notebook, {
        parameters: { peers: '800', sets: '2', lookups: '300', seed: '3' },
      })
      assert.is(failed, null)
      await writeNotebook(executed, join(folder, 'balanced-buckets.ipynb'))
      const page = await publish(join(folder, 'balanced-buckets.ipynb'), join(folder, 'site'))
      const text = readFileSync(page, 'utf8')
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
      assert.match(readFileSync(join(folder, 'site/index.html'), 'utf8'), 'model')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

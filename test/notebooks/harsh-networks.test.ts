// time limit: 300 s
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { writeNotebook } from '../../kernel-lib/kernel/document/notebook.ts'
import { executeNotebook } from '../../kernel-lib/kernel/execute/execute.ts'
import { publish } from '../../publish/publish.ts'
import { build } from '../kernel-lib/kernel/notebooks.ts'
import { describe } from '../suite.ts'

const notebook = resolve(import.meta.dirname, '../../notebooks/harsh-networks.ipynb')

describe('the notebook harsh-networks', (test) => {
  test('runs small, answers, and its page has a figure for each measure and how lookups end', async () => {
    build()
    const folder = mkdtempSync(join(tmpdir(), 'hoplab-harsh-'))
    try {
      const { failed, notebook: executed } = await executeNotebook(notebook, {
        parameters: { nodes: '10', lookupsPerNode: '1', seeds: '1', seed: '3' },
      })
      assert.is(failed, null)
      await writeNotebook(executed, join(folder, 'harsh-networks.ipynb'))
      const text = readFileSync(await publish(join(folder, 'harsh-networks.ipynb'), join(folder, 'site')), 'utf8')
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
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { writeNotebook } from '../../../kernel-lib/kernel/document/notebook.ts'
import { executeNotebook } from '../../../kernel-lib/kernel/execute/execute.ts'
import { publish } from '../../../publish/publish.ts'
import { describe } from '../../suite.ts'
import { build } from '../kernel/notebooks.ts'

const root = resolve(import.meta.dirname, '../../..')
const notebook = join(root, 'notebooks/sim-agrees.ipynb')

describe('the notebook sim-agrees', (test) => {
  test('runs small on both harnesses, compares them, and its page says how to repeat it', async () => {
    build()
    const folder = mkdtempSync(join(tmpdir(), 'hoplab-agrees-'))
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    try {
      const { failed, notebook: executed } = await executeNotebook(notebook, {
        cwd: folder,
        parameters: { nodes: '6', lookupsPerNode: '2', seeds: '2', latencyMs: '25', lookupRate: '8' },
      })
      assert.is(failed, null)
      await writeNotebook(executed, join(folder, 'sim-agrees.ipynb'))
      const page = await publish(join(folder, 'sim-agrees.ipynb'), join(folder, 'site'))
      const text = readFileSync(page, 'utf8')
      for (const said of [
        '<h1>Does the simulation agree with real processes?</h1>',
        '6 nodes, 2 seeds, 24 simulated and 24 real lookups',
        '-p nodes=6 -p lookupsPerNode=2 -p seeds=2 -p latencyMs=25 -p lookupRate=8 -p seed=1 --publish',
        'round trips waited for, a lookup',
        'Figure 1',
        '<h2 id="limits">',
      ])
        assert.ok(text.includes(said), said)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

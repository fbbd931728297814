// time limit: 420 s
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { comparePages } from '../../publish/compare/compare-pages.ts'
import { build } from '../kernel-lib/kernel/notebooks.ts'
import { describe } from '../suite.ts'
import { root, workspaceFolder } from '../workspace.ts'

const small = ['nodes=10', 'undialable=1', 'clients=1', 'lookupsPerNode=2'].flatMap((one) => ['-p', one])

/** Runs the notebook with nothing but its own settings and small sizes, in a workspace of its own; returns the page's folder. */
function page(cwd: string, ...words: readonly string[]): string {
  const command = [
    join(root, 'kernel-lib/bin/hoplab.js'),
    'notebook',
    'run',
    'notebooks/dht-lookups.ipynb',
    '--publish',
  ]
  execFileSync(process.execPath, [...command, ...small, ...words], { cwd, stdio: 'pipe' })
  return join(cwd, 'site/dht-lookups')
}

const record = (folder: string) => JSON.parse(readFileSync(join(folder, 'runs/01.json'), 'utf8'))

describe('the notebook dht-lookups, repeated', (test) => {
  test('gives the same trace and the same page but for its provenance, elsewhere and on a busy machine; another seed gives another', async () => {
    build()
    const [here, elsewhere] = [workspaceFolder(), workspaceFolder()]
    const load = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })
    try {
      const first = page(here)
      load.kill()
      const again = page(elsewhere)
      assert.equal(await comparePages(first, join(again, 'index.html')), { identical: true, files: 15 })
      const [a, b] = [record(first), record(again)]
      assert.equal([a.harness, a.outcome, a.placement.holes], ['sim', 'success', []])
      assert.ok(a.placement.trace.events > 1000)
      assert.equal(a.placement.trace, b.placement.trace)
      assert.is.not(a.run, b.run)
      assert.is.not(readFileSync(join(first, 'index.html'), 'utf8'), readFileSync(join(again, 'index.html'), 'utf8'))
      const other = page(elsewhere, '--seed', '2')
      assert.is((await comparePages(first, other)).identical, false)
      assert.is.not(record(other).placement.trace.sha256, a.placement.trace.sha256)
    } finally {
      load.kill()
      for (const folder of [here, elsewhere]) rmSync(folder, { recursive: true, force: true })
    }
  })
})

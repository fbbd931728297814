// time limit: 420 s
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { publish } from '../../publish/publish.ts'
import { build } from '../kernel-lib/kernel/notebooks.ts'
import { describe } from '../suite.ts'
import { leftAfter } from './left.ts'
import { engine } from './needs.ts'

const root = resolve(import.meta.dirname, '../..')

describe(
  'the notebook dht-lookups in containers',
  (test) => {
    test('runs with runner=docker, collects what the nodes wrote, and leaves nothing', async () => {
      build()
      const folder = mkdtempSync(join(tmpdir(), 'hoplab-notebook-'))
      try {
        const executed = join(folder, 'dht-lookups.ipynb')
        const parameters = ['runner=docker', 'nodes=12', 'undialable=2', 'clients=2', 'lookupsPerNode=2']
        const words = ['notebook', 'run', join(root, 'notebooks/dht-lookups.ipynb'), '--out', executed]
        const given = parameters.flatMap((one) => ['-p', one])
        execFileSync(process.execPath, [join(root, 'kernel-lib/bin/hoplab.js'), ...words, ...given], { stdio: 'pipe' })
        const page = await publish(executed, join(folder, 'site'))
        const record = JSON.parse(readFileSync(join(dirname(page), 'runs/01.json'), 'utf8'))
        const { run, harness, outcome, artifacts } = record
        assert.equal([harness, outcome], ['docker', 'success'])
        const lookups = artifacts.filter(({ path }: { path: string }) => path.includes('/lookups.'))
        assert.ok(lookups.length >= 10, `${lookups.length} instances wrote lookups`)
        assert.equal(await leftAfter(run), [])
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    })
  },
  [engine],
)

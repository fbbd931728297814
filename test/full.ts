// The sizes that CI leaves out, run by hand: each line is a command that must end in success.
import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'hoplab-full-'))
const hoplab = (...words: readonly string[]): readonly string[] => [join(root, 'kernel-lib/bin/hoplab.js'), ...words]
const runs = ['--runs', join(folder, 'runs')]
const compositions = ['find-peers-40', 'find-providers-40', 'mixed-roles-60', 'find-peers-100', 'find-peers-200']

const source = ['--conditions=hoplab-source', '--import', 'tsx']

const checks: readonly (readonly string[])[] = [
  ...compositions.map((name) => hoplab('run', `plans/dht/compositions/${name}.toml`, ...runs)),
  hoplab('show', ...runs),
  hoplab(
    'notebook',
    'run',
    'notebooks/dht-lookups.ipynb',
    '-p',
    'nodes=100',
    '--out',
    join(folder, 'dht-lookups.ipynb'),
  ),
  hoplab('publish', join(folder, 'dht-lookups.ipynb'), '--site', join(folder, 'site')),
  hoplab('notebook', 'run', 'notebooks/balanced-buckets.ipynb', '--out', join(folder, 'balanced-buckets.ipynb')),
  hoplab('publish', join(folder, 'balanced-buckets.ipynb'), '--site', join(folder, 'site')),
  hoplab('notebook', 'run', 'notebooks/sim-agrees.ipynb', '--out', join(folder, 'sim-agrees.ipynb')),
  hoplab('publish', join(folder, 'sim-agrees.ipynb'), '--site', join(folder, 'site')),
  hoplab(
    'notebook',
    'run',
    'notebooks/harsh-networks.ipynb',
    '--cell-timeout',
    '1800',
    '--out',
    join(folder, 'harsh-networks.ipynb'),
  ),
  hoplab('publish', join(folder, 'harsh-networks.ipynb'), '--site', join(folder, 'site')),
  [...source, 'test/bench/run.ts', 'density'],
  ...['versitygw', 'minio'].map((make) => [...source, 'test/services/s3-large.ts', make]),
  ...['influxdb-1.6', 'influxdb-1.8'].map((server) => [...source, 'test/services/influx-million.ts', server]),
]

let failed = 0
for (const words of checks) {
  const started = Date.now()
  console.log(`\n$ node ${words.map((word) => word.replace(`${root}/`, '').replace(folder, '…')).join(' ')}`)
  const { status } = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' })
  if (status !== 0) failed += 1
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} exit ${status}  ${((Date.now() - started) / 1000).toFixed(1)} s`)
}
console.log(`${checks.length - failed} passed, ${failed} failed`)
if (failed > 0) process.exitCode = 1

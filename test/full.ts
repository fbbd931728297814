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

/** A notebook that is executed, and its page. */
function paged(name: string, ...options: readonly string[]): readonly (readonly string[])[] {
  const out = join(folder, `${name}.ipynb`)
  return [
    hoplab('notebook', 'run', `notebooks/${name}.ipynb`, ...options, '--out', out),
    hoplab('publish', out, '--site', join(folder, 'site')),
  ]
}

const source = ['--conditions=hoplab-source', '--import', 'tsx']

const checks: readonly (readonly string[])[] = [
  ...compositions.map((name) => hoplab('run', `plans/dht/compositions/${name}.toml`, ...runs)),
  hoplab('show', ...runs),
  ...paged('dht-lookups', '-p', 'nodes=100'),
  ...paged('balanced-buckets'),
  ...paged('sim-agrees'),
  ...paged('harsh-networks', '--cell-timeout', '1800'),
  ...paged('nat-and-crashes', '--cell-timeout', '3600'),
  ...paged('js-kad-dht', '--cell-timeout', '1800'),
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

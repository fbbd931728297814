import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { readManifest } from '../../../kernel-lib/composition/manifest-file.ts'
import { InputError } from '../../../kernel-lib/errors.ts'
import { prepare } from '../../../kernel-lib/run/experiment.ts'
import { describe } from '../../suite.ts'

const data = resolve(import.meta.dirname, '../../../../shared/data/compositions')
const workspace = { root: data, commands: [], plans: [], observers: [] }
/** Instances and runner of each composition that prepares; what is unknown to its manifest in each that does not. */
const expected: Readonly<Record<string, readonly [number, string] | readonly string[]>> = {
  'all-balsam-k8s': [1000, 'cluster:k8s'],
  'all-both-k8s': [1000, 'cluster:k8s'],
  'all-cypress-k8s': [1170, 'cluster:k8s'],
  'bootstrap-network-cypress-k8s': [100, 'cluster:k8s'],
  'find-peers.example': ['n_bootstrap'],
  'find-provs-balsam-k8s': [1000, 'cluster:k8s'],
  'find-provs-both-k8s': [1000, 'cluster:k8s'],
  'find-provs-both-local': [150, 'docker'],
  'find-provs-cypress-k8s': [1170, 'cluster:k8s'],
  'find-provs-k8s': ['autonat_ok', 'f_undialable', 'n_bootstrap', 'n_providing'],
  'find-provs': ['f_undialable', 'n_bootstrap', 'n_paths', 'n_providing'],
  'gcp-balsam-k8s': ['autonat_ok', 'f_undialable', 'n_bootstrap', 'n_find_peers', 'n_providing'],
  'gcp-cypress-k8s': [1000, 'cluster:k8s'],
}

async function outcome(name: string): Promise<readonly [number, string] | readonly string[]> {
  try {
    const { specs, runner } = await prepare(join(data, 'libp2p-dht', `${name}.toml`), { workspace })
    assert.is(specs.length, 1)
    return [specs[0]?.groups.reduce((sum, group) => sum + group.count, 0) ?? 0, runner]
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const unknown = [...error.message.matchAll(/test_params\.(\w+): unknown parameter/g)].map(
      ([, param]) => param ?? '',
    )
    assert.is(error.message.split('\n').length, unknown.length + 2, error.message)
    return [...new Set(unknown)].sort()
  }
}

describe(
  "researchers' compositions",
  (test) => {
    test('each prepares against its own manifest, or one message says everything that is wrong', async () => {
      const names = readdirSync(join(data, 'libp2p-dht'))
        .filter((file) => file.endsWith('.toml') && file !== 'manifest.toml')
        .map((file) => file.slice(0, -'.toml'.length))
      assert.equal(names.sort(), Object.keys(expected).sort())
      for (const name of names) assert.equal(await outcome(name), expected[name], name)
    })

    test('mixed versions stay apart by what each group is built of', async () => {
      const { specs } = await prepare(join(data, 'libp2p-dht/find-provs-both-local.toml'), { workspace })
      const versions = new Set(specs[0]?.groups.map((group) => group.version))
      assert.is(versions.size, 2)
      assert.ok(versions.has('balsam'))
      assert.is(specs[0]?.timeoutMs, 660_000)
    })

    test('the manifest of bitswap-tuning reads without a warning', () => {
      const text = readFileSync(join(data, 'bitswap-tuning/manifest.toml'), 'utf8')
      const { manifest, warnings } = readManifest(text, 'manifest.toml')
      assert.equal(warnings, [])
      assert.equal(Object.keys(manifest.cases), ['transfer', 'fuzz'])
      assert.is(manifest.cases.transfer?.params.bandwidth_mb?.default, 1024)
    })
  },
  [{ name: 'shared/data/compositions', found: () => existsSync(data) }],
)

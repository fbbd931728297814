import * as assert from 'uvu/assert'
import { readManifest } from '../../../kernel-lib/composition/manifest-file.ts'
import { readComposition } from '../../../kernel-lib/composition/read.ts'
import { resolve } from '../../../kernel-lib/composition/resolve.ts'
import { describe } from '../../suite.ts'

const { manifest } = readManifest(
  `
name = "toy"
program = "toy"
versions = ["next"]
[[testcases]]
name = "find"
instances = { min = 2, max = 50 }
roles = ["seeder"]
[testcases.params]
alpha = { type = "int", desc = "parallel requests", default = 3, min = 1, max = 20 }
walk = { type = "bool", default = "false" }
mode = { type = "string", values = ["fast", "slow"], default = "fast" }
ratio = { type = "float", default = 0.5 }
`,
  'manifest.toml',
)
const specs = (text: string, params: Record<string, string> = {}) =>
  resolve(readComposition(text, { file: 'c.toml', env: {}, resource: () => '' }), manifest, { params })

describe('resolve', (test) => {
  test('a spec holds every parameter, typed, group over composition over default', () => {
    const {
      specs: [spec],
      runner,
    } = specs(`
plan = "toy"
case = "find"
[params]
alpha = 5
ratio = 1
[[groups]]
id = "a"
count = 3
[[groups]]
id = "b"
count = 4
role = "seeder"
version = "next"
[groups.params]
alpha = 7
walk = true
`)
    assert.equal(runner, 'exec')
    assert.equal(spec, {
      schema: 'hoplab/spec/1',
      plan: 'toy',
      case: 'find',
      seed: 1,
      groups: [
        { id: 'a', count: 3, role: '', version: '', params: { alpha: 5, walk: false, mode: 'fast', ratio: 1 } },
        {
          id: 'b',
          count: 4,
          role: 'seeder',
          version: 'next',
          params: { alpha: 7, walk: true, mode: 'fast', ratio: 1 },
        },
      ],
      network: null,
      timeoutMs: 600000,
    })
  })
})

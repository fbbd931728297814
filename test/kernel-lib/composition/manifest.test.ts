import * as assert from 'uvu/assert'
import { readManifest } from '../../../kernel-lib/composition/manifest-file.ts'
import { describe } from '../../suite.ts'
import { refusal, toy } from './toy.ts'

const one = (param: string): string =>
  `name = "p"\n[[testcases]]\nname = "c"\ninstances = { min = 1, max = 2 }\n[testcases.params]\nx = ${param}\n`
const x = (param: string) => readManifest(one(param), 'm.toml').manifest.cases.c?.params.x

describe('a manifest', (test) => {
  test('says what a plan takes', () => {
    assert.equal(
      [toy.name, toy.program, toy.versions, toy.instancesPerProcess, toy.memoryMb],
      ['toy', 'toy', ['next'], 1, 128],
    )
    assert.equal(toy.cases.find?.roles, ['seeder'])
    assert.equal(toy.cases.find?.params.alpha, {
      type: 'int',
      about: 'parallel requests',
      unit: '',
      default: 3,
      min: 1,
      max: 20,
      values: null,
    })
  })

  test('a default given as text is read by its type', () => {
    assert.is(x('{ type = "bool", default = "false" }')?.default, false)
    assert.is(x('{ type = "int", default = "12" }')?.default, 12)
    assert.is(x('{ type = "string", default = 12 }')?.default, '12')
    assert.is(x('{ type = "int" }')?.default, null)
  })

  test('says what its program shapes of a link, nothing where it is silent', () => {
    const shapes = (line: string) =>
      readManifest(`${line}\n${one('{ type = "int", default = 1 }')}`, 'm.toml').manifest.shapes
    assert.equal(shapes('shapes = ["bandwidth", "latency"]'), ['latency', 'bandwidth'])
    assert.equal(shapes(''), [])
    assert.match(
      refusal(() => shapes('shapes = ["loss"]')),
      'shapes: has "loss"; write some of latency, jitter, bandwidth',
    )
  })

  test('says whether its program runs in the simulator, which it does not where it is silent', () => {
    const simulates = (line: string) =>
      readManifest(`${line}\n${one('{ type = "int", default = 1 }')}`, 'm.toml').manifest.simulates
    assert.equal([simulates('simulates = true'), simulates('')], [true, false])
    assert.match(
      refusal(() => simulates('simulates = "yes"')),
      'simulates: is the text "yes"; write true or false',
    )
  })

  test('a unit that is a type is none', () => {
    assert.is(x('{ type = "int", unit = "int", default = 1 }')?.unit, '')
    assert.is(x('{ type = "int", unit = "ms", default = 1 }')?.unit, 'ms')
  })

  test('what Testground knows is no warning; what nobody knows is, and so are oddities', () => {
    const { manifest, warnings } = readManifest(
      `name = "p"
colour = "red"
[defaults]
runner = "local:exec"
[builders."exec:go"]
enabled = true
[runners."local:exec"]
[extra_sources]
docker_go = ["../x"]
[[testcases]]
name = "c"
instances = { min = 3, default = 4 }
[testcases.params]
wait = { type = "duration", default = "3s", options = ["1s"] }
ids = { type = "[]int", default = [1, 2] }
`,
      'm.toml',
    )
    assert.equal(manifest.cases.c?.instances, { min: 3, max: Number.MAX_SAFE_INTEGER })
    assert.is(manifest.cases.c?.params.ids?.default, '[1,2]')
    assert.is(manifest.program, null)
    assert.equal(warnings, [
      'm.toml: case "c".instances: max is missing; read as unbounded',
      'm.toml: case "c".params.ids.type: "[]int" is read as string',
      'm.toml: colour: unknown key',
    ])
  })

  test('is refused with everything that is wrong in it', () => {
    const message = refusal(() =>
      readManifest(
        `about = 3
instances_per_process = 0
[[testcases]]
name = "c"
instances = { min = 9, max = 2 }
[testcases.params]
a = { type = "int", default = "many" }
b = { type = "int", default = 30, max = 20 }
c = { type = "string", values = ["x"], default = "y" }
d = 4
e = { type = "int", values = ["x"] }
[[testcases]]
name = "c"
`,
        'm.toml',
      ),
    )
    assert.equal(message.split('\n'), [
      'm.toml: 10 problems',
      '  name: is missing; write name = "the-plan"',
      '  about: is 3; write text in quotes',
      '  case "c".instances: min 9 is above max 2',
      '  case "c".params.a.default: is the text "many"; write a whole number',
      '  case "c".params.b.default: is 30; write a whole number of at most 20',
      '  case "c".params.c.default: is the text "y"; it takes x',
      '  case "c".params.d: is not a table; write { type = "int", about = "…", default = 1 }',
      '  case "c".params.e.values: the text "x" is no int; write values of that type',
      '  testcases: "c" stands more than once; give each case its own name',
      '  instances_per_process: is 0; write a whole number of at least 1',
    ])
    assert.match(
      refusal(() => readManifest('name = "p"', 'm.toml')),
      'testcases: is missing; write [[testcases]]',
    )
  })
})

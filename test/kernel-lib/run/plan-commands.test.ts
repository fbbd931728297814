import * as assert from 'uvu/assert'
import type { Command } from '../../../kernel-lib/command.ts'
import describeCommand from '../../../kernel-lib/run/commands/describe.ts'
import plansCommand from '../../../kernel-lib/run/commands/plans.ts'
import { describe } from '../../suite.ts'
import { toyWorkspace } from './toy-workspace.ts'

async function lines(command: Command, positionals: string[], json = false, files = {}): Promise<string[]> {
  const out: string[] = []
  const code = await command.run({
    positionals,
    values: { json },
    out: (line) => out.push(line),
    err: (line) => out.push(`err ${line}`),
    signal: new AbortController().signal,
    workspace: toyWorkspace(files),
  })
  assert.is(code, 0)
  return out
}

describe('hoplab plans', (test) => {
  test('names every plan and case', async () => {
    assert.equal(await lines(plansCommand, []), ['toy', '  find  2–50 instances', '  wait  1–50 instances'])
  })

  test('--json prints one object', async () => {
    const [line = '', ...more] = await lines(plansCommand, [], true)
    assert.equal(more, [])
    const { schema, plans } = JSON.parse(line)
    assert.equal([schema, plans[0].name, plans[0].cases[0].instances], ['hoplab/plans/1', 'toy', { min: 2, max: 50 }])
  })
})

describe('hoplab describe', (test) => {
  test('says what each case takes', async () => {
    assert.equal(await lines(describeCommand, ['toy', 'find']), [
      'toy',
      'versions   next',
      '',
      'find   2–50 instances; roles seeder',
      '  alpha  3      int 1–20; parallel requests',
      '  walk   false  bool',
      '  mode   fast   string: fast | slow',
      '  ratio  0.5    float',
    ])
  })

  test('says once what every case takes alike', async () => {
    const manifest = ['a', 'b', 'c']
      .map(
        (name) =>
          `[[testcases]]\nname = "${name}"\ninstances = { min = 1, max = 2 }\n[testcases.params]\nsame = { type = "int", default = 1 }\nown = { type = "int", default = ${name === 'c' ? 2 : 1} }\n`,
      )
      .join('')
    const found = await lines(describeCommand, ['three'], false, {
      'plans/three/manifest.toml': `name = "three"\nprogram = "x"\n${manifest}`,
    })
    assert.equal(found, [
      'three',
      '',
      'every case',
      '  same  1  int',
      ...['a', 'b', 'c'].flatMap((name) => ['', `${name}   1–2 instances`, `  own  ${name === 'c' ? 2 : 1}  int`]),
    ])
  })

  test('wraps long words of a plan under where they began', async () => {
    const about = Array.from({ length: 30 }, (_, index) => `word${index}`).join(' ')
    const manifest = `name = "long"\n[[testcases]]\nname = "c"\nabout = "${about}"\n`
    const found = await lines(describeCommand, ['long'], false, { 'plans/long/manifest.toml': manifest })
    assert.ok(found.filter((line) => !line.startsWith('err ')).every((line) => line.length <= 100))
    assert.equal(
      found
        .filter((line) => line.startsWith('  word'))
        .join(' ')
        .split(/\s+/)
        .slice(1).length,
      30,
    )
    assert.match(found[0] ?? '', /^err .*case "c".instances: min is missing; read as unbounded/)
  })

  test('--json prints the parameters with type, unit, default and bounds', async () => {
    const [line = ''] = await lines(describeCommand, ['toy'], true)
    const { schema, cases } = JSON.parse(line)
    assert.is(schema, 'hoplab/describe/1')
    assert.equal(cases[0].params[0], {
      name: 'alpha',
      type: 'int',
      about: 'parallel requests',
      unit: '',
      default: 3,
      min: 1,
      max: 20,
      values: null,
    })
  })

  test('refuses an unknown case and no plan at all', async () => {
    const refused = async (positionals: string[]): Promise<string> =>
      lines(describeCommand, positionals).then(String, (error: Error) => `${error.name}: ${error.message}`)
    assert.is(
      await refused(['toy', 'fidn']),
      'InputError: plan toy: unknown case "fidn"; did you mean find? there are find, wait',
    )
    assert.match(await refused([]), 'InputError: hoplab describe: write one plan')
  })
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import type { Composition } from '../../../kernel-lib/composition/composition.ts'
import { specHash } from '../../../kernel-lib/composition/hash.ts'
import { prepare } from '../../../kernel-lib/run/experiment.ts'
import { describe } from '../../suite.ts'
import { toyManifest } from '../composition/toy.ts'
import { toyComposition, toyWorkspace } from './toy-workspace.ts'

const toy: Composition = { plan: 'toy', case: 'find', groups: [{ id: 'nodes', count: 4 }] }
const ping = `{{ $all := load_resource "./ids.toml" }}[global]
plan = "nets/toy"
case = "find"
runner = "local:docker"
{{ range $all.ids }}[[groups]]
id = "{{ . }}"
instances = { count = {{ $.Env.COUNT }} }
{{ end }}`

async function refused(action: Promise<unknown>): Promise<string> {
  const error = await action.then(
    () => null,
    (reason: Error) => reason,
  )
  assert.is(error?.name, 'InputError', error?.stack)
  return error?.message ?? ''
}

describe('prepare', (test) => {
  test('a file and the object that says the same are one experiment', async () => {
    const workspace = toyWorkspace()
    const file = await prepare('plans/toy/compositions/four.toml', { workspace })
    const object = await prepare(toy, { workspace })
    assert.equal(file.specs.map(specHash), object.specs.map(specHash))
    assert.equal(
      [file.runner, file.source, file.plan.folder],
      ['exec', toyComposition, join(workspace.root, 'plans/toy')],
    )
    assert.equal(file.warnings, [])
  })

  test('takes seed, parameters and runner from beside the composition', async () => {
    const { specs, runner } = await prepare(toy, {
      workspace: toyWorkspace(),
      params: { alpha: '8', nodes: '6' },
      seed: 3,
      runner: 'sim',
    })
    const [spec] = specs
    assert.equal([spec?.seed, spec?.groups[0]?.count, spec?.groups[0]?.params.alpha, runner], [3, 6, 8, 'sim'])
  })

  test('reads the files that a composition names from beside it, and those of an object from here or the root', async () => {
    const life = (file: string): string =>
      `${toyComposition}[groups.life]\nsession_secs = { distribution = "recorded", file = "${file}" }\n`
    const workspace = toyWorkspace({
      'plans/toy/compositions/churn.toml': life('../times.csv'),
      'plans/toy/times.csv': 'secs\n1\n2.5\n',
      'kept/churn.toml': '',
    })
    const one = await prepare('plans/toy/compositions/churn.toml', { workspace })
    assert.equal(one.specs[0]?.groups[0]?.life.session, { kind: 'recorded', ms: [1000, 2500] })
    writeFileSync(join(workspace.root, 'kept/churn.toml'), one.source)
    assert.equal((await prepare('kept/churn.toml', { workspace })).specs, one.specs)
    const sessionSecs = { distribution: 'recorded', file: 'plans/toy/times.csv' } as const
    const object = { ...toy, groups: [{ id: 'nodes', count: 4, life: { sessionSecs } }] }
    assert.equal((await prepare(object, { workspace })).specs, one.specs)
  })

  test('finds the plan that a file lies in before one of the workspace with the same name', async () => {
    const workspace = toyWorkspace({
      'old/toy-2020/manifest.toml': toyManifest.replace('default = 3', 'default = 4'),
      'old/toy-2020/c.toml': toyComposition,
    })
    const { plan, specs } = await prepare(join(workspace.root, 'old/toy-2020/c.toml'), { workspace })
    assert.is(plan.folder, join(workspace.root, 'old/toy-2020'))
    assert.is(specs[0]?.groups[0]?.params.alpha, 4)
  })

  test("expands Testground's templates with the environment given and files beside the composition", async () => {
    const workspace = toyWorkspace({
      'plans/toy/compositions/t.toml': ping,
      'plans/toy/compositions/ids.toml': 'ids = ["x", "y"]',
    })
    const { specs, runner } = await prepare('plans/toy/compositions/t.toml', { workspace, env: { COUNT: '3' } })
    assert.is(runner, 'docker')
    assert.equal(
      specs[0]?.groups.map(({ id, count }) => [id, count]),
      [
        ['x', 3],
        ['y', 3],
      ],
    )
  })

  test('refuses a missing file and an unknown plan, the latter with all else that is wrong', async () => {
    const workspace = toyWorkspace()
    assert.match(await refused(prepare('none.toml', { workspace })), 'none.toml: there is no such file')
    assert.is(
      await refused(prepare({ ...toy, plan: 'tyo' }, { workspace })),
      'composition: plan: unknown plan "tyo"; did you mean toy? there are toy',
    )
    assert.is(
      await refused(prepare({ ...toy, plan: 'tyo', seed: -1 }, { workspace })),
      'composition: 2 problems\n  seed: is -1; write a whole number of at least 0\n  plan: unknown plan "tyo"; did you mean toy? there are toy',
    )
    assert.is(
      await refused(prepare({ ...toy, plan: undefined } as never, { workspace })),
      'composition: plan: is missing; write plan = "dht"',
    )
    assert.match(await refused(prepare('plans/toy', { workspace })), 'plans/toy: is a folder')
  })
})

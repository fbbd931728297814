import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { listPlans, loadPlan } from '../../../kernel-lib/run/plans.ts'
import { describe } from '../../suite.ts'
import { toyManifest } from '../composition/toy.ts'
import { toyWorkspace } from './toy-workspace.ts'

const named = (name: string): string => toyManifest.replace('"toy"', `"${name}"`)

async function refused(action: Promise<unknown>): Promise<string> {
  const error = await action.then(
    () => null,
    (reason: Error) => reason,
  )
  assert.is(error?.name, 'InputError')
  return error?.message ?? ''
}

describe('plans', (test) => {
  test('are the folders with a manifest below the plans folders, by name', async () => {
    const workspace = toyWorkspace({
      'more/group/ping/manifest.toml': named('ping'),
      'plans/node_modules/x/manifest.toml': named('x'),
      'plans/toy/inner/manifest.toml': named('inner'),
      'plans/notes.md': '',
    })
    assert.equal(
      (await listPlans(workspace)).map(({ manifest, folder }) => [manifest.name, folder]),
      [
        ['ping', join(workspace.root, 'more/group/ping')],
        ['toy', join(workspace.root, 'plans/toy')],
      ],
    )
  })

  test('are found by folder or by name', async () => {
    const workspace = toyWorkspace({ 'more/group/ping/manifest.toml': named('pong') })
    assert.is((await loadPlan('group/ping', workspace)).plan.manifest.name, 'pong')
    assert.is((await loadPlan('pong', workspace)).plan.folder, join(workspace.root, 'more/group/ping'))
  })

  test('that nobody has are refused with the names there are', async () => {
    const workspace = toyWorkspace({ 'more/ping/manifest.toml': named('ping') })
    assert.is(
      await refused(loadPlan('pnig', workspace)),
      'plan: unknown plan "pnig"; did you mean ping? there are ping, toy',
    )
  })

  test('with a broken manifest do not keep others from loading, and are named in the list', async () => {
    const workspace = toyWorkspace({ 'plans/bad/manifest.toml': 'name = bad', 'plans/worse/manifest.toml': 'x = 1' })
    assert.is((await loadPlan('toy', workspace)).plan.manifest.name, 'toy')
    const message = await refused(listPlans(workspace))
    assert.match(message, /bad\/manifest\.toml:1:8: /)
    assert.match(message, /worse\/manifest\.toml: 2 problems/)
  })
})

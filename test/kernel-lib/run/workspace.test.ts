import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { findWorkspace } from '../../../kernel-lib/run/workspace.ts'
import { describe } from '../../suite.ts'
import { refusal } from '../composition/toy.ts'
import { folderWith, toyPackage } from './toy-workspace.ts'

describe('the workspace', (test) => {
  test('is the nearest package.json upward that has a hoplab key, its folders absolute', () => {
    const root = folderWith({
      'package.json': toyPackage,
      'inner/package.json': '{"name":"inner"}',
      'inner/deep/x': '',
    })
    assert.equal(findWorkspace(join(root, 'inner/deep')), {
      root,
      commands: [join(root, 'commands')],
      plans: [join(root, 'plans'), join(root, 'more')],
      observers: [],
    })
  })

  test('is the one of this code where none is around', () => {
    const { root, plans } = findWorkspace(folderWith({ x: '' }))
    assert.is(root, join(import.meta.dirname, '../../..'))
    assert.equal(plans, [join(root, 'plans')])
  })

  test('is refused when package.json cannot be read or lists no folders', () => {
    assert.match(
      refusal(() => findWorkspace(folderWith({ 'package.json': '{' }))),
      /package\.json: is no JSON/,
    )
    assert.match(
      refusal(() => findWorkspace(folderWith({ 'package.json': '{"hoplab":{"plans":"plans"}}' }))),
      'package.json: hoplab.plans: write a list of folders, ["plans"]',
    )
  })
})

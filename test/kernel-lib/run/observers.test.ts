import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { namedObservers } from '../../../kernel-lib/run/observers.ts'
import { findWorkspace } from '../../../kernel-lib/run/workspace.ts'
import { describe } from '../../suite.ts'
import { folderWith } from './toy-workspace.ts'

describe('observers that a workspace lists', (test) => {
  test('are opened by name, each with what stands behind its name', async () => {
    const root = folderWith({
      'package.json': '{"type":"module","hoplab":{"observers":["watch"]}}',
      'watch/notes.js': 'export default (to, { onNotice }) => (event) => onNotice(to + ": " + event.kind)',
    })
    const heard: string[] = []
    const [first, second] = await namedObservers(['notes=a=b', 'notes=c'], findWorkspace(root), (text) =>
      heard.push(text),
    )
    await first?.({ kind: 'notice', atMs: 0, text: '' })
    await second?.({ kind: 'notice', atMs: 0, text: '' })
    assert.equal(heard, ['a=b: notice', 'c: notice'])
  })

  test('an unknown name is refused with those there are, and so is a wrong address before the run', async () => {
    const workspace = findWorkspace(join(import.meta.dirname, '../../..'))
    const refusal = (asked: string): Promise<string> =>
      namedObservers([asked], workspace, () => {}).then(
        () => 'opened',
        (error: Error) => error.message,
      )
    assert.is(await refusal('inflix=http://h'), '--observe inflix: write NAME=TO; names are influx')
    assert.is(await refusal('influx'), '--observe influx: write NAME=TO; names are influx')
    assert.match(await refusal('influx=h'), /write the server's address/)
  })
})

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { heldCommand } from '../../../../kernel-lib/harness/docker/gate/hold.ts'
import { makeToolbox, removeToolbox, toolboxPath } from '../../../../kernel-lib/harness/docker/gate/toolbox.ts'
import { describe } from '../../../suite.ts'
import { freshFolder } from '../../run/fresh-folder.ts'

/** Holds a command on this machine, and tells what it printed and how it ended after `input`. */
async function hold(command: readonly string[], input: string): Promise<{ printed: string; code: number }> {
  const folder = freshFolder()
  const toolbox = await makeToolbox(folder)
  const [program = '', ...args] = heldCommand(toolbox, command).map((word) => word.replace(toolboxPath, toolbox.folder))
  const held = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  let printed = ''
  held.stdout.on('data', (bytes) => {
    printed += String(bytes)
  })
  held.stdin.end(input)
  const [code] = await once(held, 'close')
  await removeToolbox(folder)
  assert.not(existsSync(toolbox.folder))
  return { printed, code }
}

describe('a held program', (test) => {
  test('runs after a line, with its arguments as they are and nothing to read', async () => {
    const script = 'for word; do echo "<$word>"; done; cat'
    const { printed, code } = await hold(['/bin/sh', '-c', script, 'sh', 'two words', '$HOME', ''], '\nmore\n')
    assert.is(printed, '<two words>\n<$HOME>\n<>\n')
    assert.is(code, 0)
  })

  test('ends without having run where its input ends first', async () => {
    assert.equal(await hold(['/bin/echo', 'never'], ''), { printed: '', code: 75 })
  })

  test('is held by a shell that needs nothing of the image', async () => {
    const folder = freshFolder()
    const { shell, folder: tools } = await makeToolbox(folder)
    const linked = execFileSync(shell[0]?.replace(toolboxPath, tools) ?? '', [
      '--library-path',
      join(tools, 'lib'),
      '--list',
      join(tools, 'sh'),
    ])
    const paths = String(linked).match(/\/\S+/g) ?? []
    assert.ok(paths.length > 0)
    for (const path of paths) assert.ok(path.startsWith(tools) || path.includes('/ld-'), path)
    await removeToolbox(folder)
  })
})

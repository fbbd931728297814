// time limit: 300 s
import { once } from 'node:events'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { type Notebook, readNotebook } from '../../kernel-lib/kernel/document/notebook.ts'
import { executeNotebook } from '../../kernel-lib/kernel/execute/execute.ts'
import { alive } from '../kernel-lib/kernel/alive.ts'
import { build, fixtures } from '../kernel-lib/kernel/notebooks.ts'
import { describe } from '../suite.ts'
import { jupyter, jupyterHome } from './jupyter.ts'

/** Executes a fixture with nbconvert. */
async function convert(name: string, ...words: readonly string[]) {
  build()
  const home = await jupyterHome()
  try {
    copyFileSync(join(fixtures, name), join(home.folder, name))
    const command = ['nbconvert', '--to', 'notebook', '--execute', '--output', 'out.ipynb', ...words, name]
    const ended = await home.run('jupyter', ...command)
    const executed = ended.code === 0 ? await readNotebook(join(home.folder, 'out.ipynb')) : null
    return { ...ended, executed }
  } finally {
    home.remove()
  }
}

/** What a reader sees of each code cell. */
function seen(notebook: Notebook | null | undefined) {
  const cells = notebook?.cells.filter((cell) => cell.cell_type === 'code') ?? []
  return cells.map(({ execution_count, outputs }) => ({ execution_count, outputs }))
}

describe(
  'the kernel in Jupyter',
  (test) => {
    test('nbconvert gets what the headless run gets', async () => {
      const { executed, stderr } = await convert('live.ipynb')
      assert.ok(executed !== null, stderr)
      const headless = await executeNotebook(join(fixtures, 'live.ipynb'))
      assert.is(headless.failed, null)
      assert.equal(seen(executed), seen(headless.notebook))
      assert.is(seen(executed).length, 7)
    })

    test('nbconvert fails with the error of the cell', async () => {
      const { code, stderr } = await convert('fails.ipynb')
      assert.is(code, 1)
      assert.match(stderr, /RangeError: bucket 300: 256 at most/)
    })

    test('errors are outputs, and later cells run where errors are allowed', async () => {
      const { executed } = await convert('fails.ipynb', '--allow-errors')
      const [, thrown, mistyped, after] = seen(executed)
      assert.equal(thrown?.outputs, [
        {
          output_type: 'error',
          ename: 'RangeError',
          evalue: 'bucket 300: 256 at most',
          traceback: ['RangeError: bucket 300: 256 at most', '    at cell 2:6:30'],
        },
      ])
      const [error] = mistyped?.outputs ?? []
      assert.is(error?.output_type === 'error' && error.ename, 'TypeScriptError')
      assert.is(after?.outputs?.[0]?.output_type, 'execute_result')
    })

    test('a front end gets completion, tooltips, aborts, interrupts and every message', async () => {
      build()
      const home = await jupyterHome()
      const { stdout, stderr } = await home.run('python', join(import.meta.dirname, 'kernel_talk.py'))
      home.remove()
      const lines = stdout.split('\n').filter((line) => line !== '')
      const told = Object.assign({}, ...lines.map((line) => JSON.parse(line)))
      assert.equal(told.info, ['ok', 'typescript', '5.3'], stderr)
      assert.equal([told.complete.matches, told.complete.cursor_start, told.complete.cursor_end], [['length'], 25, 28])
      assert.match(told.inspect.data['text/plain'], /const peers: number\[\]/)
      assert.equal([told.incomplete, told.complete_code], ['incomplete', 'complete'])
      assert.equal([told.comm, told.history], [{}, []])
      assert.equal(told.failed, ['error', 'aborted'])
      assert.is(told.after, 'ok')
      assert.equal(told.going_on, ['error', 'ok'])
      assert.is(told.many, 3000)
      assert.equal([told.interrupted_await, told.interrupted_loop], ['Interrupted', 'Interrupted'])
      assert.is(told.shut_down, true, stderr)
    })

    test('the kernel and what it started end with the program that started it', async () => {
      build()
      const home = await jupyterHome()
      const front = home.start('python', join(import.meta.dirname, 'kernel_talk.py'), 'stay')
      const [line] = (await once(createInterface(front.stdout as NodeJS.ReadableStream), 'line')) as [string]
      const { pids } = JSON.parse(line) as { pids: number[] }
      assert.is(pids.length, 2)
      front.kill('SIGKILL')
      for (let waited = 0; pids.some(alive) && waited < 5_000; waited += 100) await delay(100)
      home.remove()
      assert.equal(pids.filter(alive), [])
    })
  },
  [jupyter],
)

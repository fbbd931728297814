// time limit: 240 s
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import type { NotebookEvent } from '../../../kernel-lib/kernel/execute/execute.ts'
import { describe } from '../../suite.ts'
import { alive } from './alive.ts'
import { build, notebookFile, printed, runCells } from './notebooks.ts'

/** A cell that starts a program in its group and one in a session of its own, prints all pids, and then does `rest`. */
const starts = (rest: string): string => `import { spawn } from 'node:child_process'
  const plain = spawn('sleep', ['300'], { stdio: 'ignore' })
  const apart = spawn('sleep', ['300'], { stdio: 'ignore', detached: true })
  console.log(['pids', process.pid, plain.pid, apart.pid].join(' '))
  await new Promise((resolve) => setTimeout(resolve, 50))
  ${rest}`

const forEver = 'await new Promise(() => { setInterval(() => {}, 1000) })'
const busyForEver = 'for (;;) {}'

function pidsIn(text: string): number[] {
  return (/pids (.*)/.exec(text)?.[1] ?? '').split(' ').map(Number)
}

async function living(pids: readonly number[], withinMs: number): Promise<number[]> {
  for (const end = Date.now() + withinMs; pids.some(alive) && Date.now() < end; ) await delay(50)
  return pids.filter(alive)
}

describe('the end of a notebook', (test) => {
  test('a cell past its time fails, and nothing that it started is left', async () => {
    const execution = await runCells([starts(forEver), '1'], { cellTimeoutMs: 1_500 })
    assert.equal([execution.failed?.why, execution.failed?.ename], ['timeout', 'TimeoutError'])
    assert.match(execution.failed?.evalue ?? '', /longer than 1.5 s/)
    const pids = pidsIn(printed(execution, 0))
    assert.is(pids.length, 3)
    assert.equal(await living(pids, 5_000), [])
  })

  test('a loop that never yields is killed after the grace, and what it had printed is kept', async () => {
    const started = Date.now()
    const execution = await runCells([starts(busyForEver)], { cellTimeoutMs: 1_500 })
    assert.is(execution.failed?.why, 'timeout')
    assert.ok(Date.now() - started > 5_000)
    const pids = pidsIn(printed(execution, 0))
    assert.is(pids.length, 3)
    assert.equal(await living(pids, 5_000), [])
  })

  test('a loop before the first await ends at once', async () => {
    const execution = await runCells([busyForEver], { cellTimeoutMs: 1_000 })
    assert.is(execution.failed?.why, 'timeout')
    assert.equal(
      execution.notebook.cells[0]?.outputs?.map((output) => output.output_type),
      ['error'],
    )
  })

  test('an interrupted run tells so, and nothing that it started is left', async () => {
    const interrupt = new AbortController()
    const onProgress = (event: NotebookEvent): void => {
      if (event.kind === 'output' && event.message.type === 'stream') interrupt.abort()
    }
    const execution = await runCells([starts(forEver), '1'], { signal: interrupt.signal, onProgress })
    assert.equal([execution.failed?.why, execution.failed?.cell], ['interrupted', 1])
    assert.equal(await living(pidsIn(printed(execution, 0)), 5_000), [])
  })

  test('a cell that listens to hoplab.signal may end its work after an interrupt', async () => {
    const interrupt = new AbortController()
    const onProgress = (event: NotebookEvent): void => {
      if (event.kind === 'output' && event.message.type === 'stream') interrupt.abort()
    }
    const cell = `const signal = globalThis[Symbol.for('hoplab.signal')]()
      await new Promise((resolve) => setTimeout(resolve, 50))
      console.log('begun')
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      await new Promise((resolve) => setTimeout(resolve, 300))
      console.log('cleaned up')`
    const execution = await runCells([cell, '1'], { signal: interrupt.signal, onProgress })
    assert.is(execution.failed?.why, 'interrupted')
    assert.is(printed(execution, 0), 'begun\ncleaned up\n')
  })

  test('a run that succeeds leaves nothing either', async () => {
    const execution = await runCells([starts('')])
    assert.is(execution.failed, null)
    assert.equal(await living(pidsIn(printed(execution, 0)), 5_000), [])
  })

  for (const [name, rest] of [
    ['waits', forEver],
    ['never yields', busyForEver],
  ] as const)
    test(`nothing is left when the launcher is killed while a cell ${name}`, async () => {
      build()
      const launcher = spawn(
        process.execPath,
        ['--conditions=hoplab-source', '--import', 'tsx', join(import.meta.dirname, 'launcher.ts')],
        { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NOTEBOOK: notebookFile(starts(rest)) } },
      )
      const [line] = (await once(createInterface(launcher.stdout), 'line')) as [string]
      launcher.kill('SIGKILL')
      const pids = pidsIn(line)
      assert.is(pids.length, 3)
      assert.equal(await living(pids, 5_000), [])
    })
})

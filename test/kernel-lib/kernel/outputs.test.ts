// time limit: 300 s
import * as assert from 'uvu/assert'
import { executeNotebook } from '../../../kernel-lib/kernel/execute/execute.ts'
import { describe } from '../../suite.ts'
import { build, fixtures, outputsOf, printed, runCells } from './notebooks.ts'

describe('outputs of cells', (test) => {
  test('a cell imports hoplab with its types, and its last expression is its result', async () => {
    build()
    const execution = await executeNotebook(`${fixtures}/three-cells.ipynb`)
    assert.is(execution.failed, null)
    assert.is(printed(execution, 1), 'InputError\n')
    assert.equal(outputsOf(execution, 2), [
      {
        output_type: 'execute_result',
        data: { 'text/plain': '40 nodes' },
        metadata: {},
        execution_count: 3,
      },
    ])
    assert.equal(
      execution.notebook.cells.filter((cell) => cell.cell_type === 'code').map((cell) => cell.execution_count),
      [1, 2, 3],
    )
  })

  test('a name of an earlier cell may stand alone in an object', async () => {
    const execution = await runCells([
      'const seed: number = 7\nlet kept = 1',
      'console.log(JSON.stringify([{ seed }, { a: { seed } as object }]));\n({ kept } = { kept: 5 })',
      '({ kept = 9 } = {} as { kept?: number });\nconsole.log(kept)',
    ])
    assert.is(execution.failed, null)
    assert.is(printed(execution, 1), '[{"seed":7},{"a":{"seed":7}}]\n')
    assert.is(printed(execution, 2), '9\n')
  })

  test('fifty thousand printed lines arrive whole and in order', async () => {
    const execution = await runCells(['for (let i = 0; i < 50_000; i++) console.log("line " + i)'])
    assert.is(outputsOf(execution, 0).length, 1)
    const lines = printed(execution, 0).trimEnd().split('\n')
    assert.is(lines.length, 50_000)
    assert.ok(lines.every((line, index) => line === `line ${index}`))
  })

  test('what is printed and what is shown keep their order', async () => {
    const execution = await runCells([
      `import { display } from 'tslab'
       console.log('one'); console.error('two'); display.html('<b>three</b>'); console.log('four')
       await null
       display.text('five'); console.log('six')`,
    ])
    const told = outputsOf(execution, 0).map((output) =>
      output.output_type === 'stream'
        ? `${output.name} ${output.text.trim()}`
        : output.output_type === 'display_data'
          ? Object.entries(output.data).join()
          : '',
    )
    assert.equal(told, [
      'stdout one',
      'stderr two',
      'text/html,<b>three</b>',
      'stdout four',
      'text/plain,five',
      'stdout six',
    ])
  })

  test('a display is updated where it stands, also from a later cell', async () => {
    const show = (text: string, update: boolean): string =>
      `globalThis[Symbol.for('hoplab.display')]({ 'text/plain': '${text}', 'application/vnd.hoplab.run+json': { schema: 'x' } }, { id: 'card', update: ${update} })`
    const execution = await runCells([`${show('0 of 40', false)}; undefined`, `${show('40 of 40', true)}; undefined`])
    assert.is(execution.failed, null)
    assert.equal(outputsOf(execution, 0), [
      {
        output_type: 'display_data',
        data: { 'text/plain': '40 of 40', 'application/vnd.hoplab.run+json': { schema: 'x' } },
        metadata: {},
      },
    ])
    assert.equal(outputsOf(execution, 1), [])
  })

  test('a value shows itself by its Jupyter.display method', async () => {
    const execution = await runCells([
      `const figure = { [Symbol.for('Jupyter.display')]: () => ({ 'image/svg+xml': '<svg/>', 'text/plain': 'a figure' }) }
       figure`,
      `({ async [Symbol.for('Jupyter.display')]() { return { 'text/plain': 'later' } } })`,
    ])
    const [first, second] = [outputsOf(execution, 0)[0], outputsOf(execution, 1)[0]]
    assert.equal(first?.output_type === 'execute_result' && first.data, {
      'image/svg+xml': '<svg/>',
      'text/plain': 'a figure',
    })
    assert.equal(second?.output_type === 'execute_result' && second.data, { 'text/plain': 'later' })
  })

  test('output that comes late belongs to the cell that runs', async () => {
    const execution = await runCells([
      `setTimeout(() => console.log('late'), 300); undefined`,
      `await new Promise((resolve) => setTimeout(resolve, 1500))`,
    ])
    assert.is(printed(execution, 0), '')
    assert.is(printed(execution, 1), 'late\n')
  })

  test('what a program started by a cell prints is the output of the cell', async () => {
    const execution = await runCells([
      `import { spawn } from 'node:child_process'
       const ended = new Promise((resolve) => spawn('echo', ['from a program'], { stdio: 'inherit' }).on('close', resolve))
       await ended
       await new Promise((resolve) => setTimeout(resolve, 200))`,
    ])
    assert.is(printed(execution, 0), 'from a program\n')
  })

  test('a module with a top-level await loads by import()', async () => {
    const execution = await runCells([
      `const source: string = 'data:text/javascript,export const answer = await Promise.resolve(42)'
       const module = await import(source)
       module.answer`,
    ])
    assert.is(execution.failed, null)
    const [result] = outputsOf(execution, 0)
    assert.equal(result?.output_type === 'execute_result' && result.data, { 'text/plain': '42' })
  })

  test('a file beside the notebook is imported by its name with the extension', async () => {
    build()
    const execution = await executeNotebook(`${fixtures}/with-module.ipynb`)
    assert.is(execution.failed, null)
    assert.is(printed(execution, 0), 'twice 21 is 42\n')
  })

  test('a cell may consist of a loop that awaits', async () => {
    const execution = await runCells([
      `async function* peers() { yield 'a'; yield 'b' }
       for await (const peer of peers()) console.log(peer)`,
    ])
    assert.is(execution.failed, null)
    assert.is(printed(execution, 0), 'a\nb\n')
  })

  test('a notebook in any folder imports hoplab, with its types', async () => {
    const right = `import { InputError } from 'hoplab'\nnew InputError('x').message`
    assert.is((await runCells([right])).failed, null)
    const wrong = `import { InputError } from 'hoplab'\nconst count: number = new InputError('x').message`
    assert.match((await runCells([wrong])).failed?.evalue ?? '', /Type 'string' is not assignable/)
  })

  test('a value that JSON cannot hold is refused where it is shown', async () => {
    const execution = await runCells([
      `globalThis[Symbol.for('hoplab.display')]({ 'application/json': 1n }, { id: 'a', update: false })`,
    ])
    assert.match(execution.failed?.evalue ?? '', /application\/json cannot be written as JSON/)
  })
})

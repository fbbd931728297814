// time limit: 300 s
import * as assert from 'uvu/assert'
import { describe } from '../../suite.ts'
import { outputsOf, printed, runCells } from './notebooks.ts'

describe('errors of cells', (test) => {
  test('what a cell throws is an error output, and the cells after it are not run', async () => {
    const execution = await runCells([
      `console.log('before')`,
      `throw new RangeError('bucket 300: 256 at most')`,
      `'never'`,
    ])
    const { failed, cells } = execution
    assert.equal([failed?.cell, failed?.id, failed?.why], [2, 'cell-2', 'error'])
    assert.equal([failed?.ename, failed?.evalue], ['RangeError', 'bucket 300: 256 at most'])
    assert.is(failed?.traceback[0], 'RangeError: bucket 300: 256 at most')
    assert.equal(cells, { executed: 2, expected: 3 })
    assert.is(outputsOf(execution, 1)[0]?.output_type, 'error')
    assert.is(execution.notebook.cells[2]?.execution_count, null)
  })

  test('a rejected await, a rejection that nothing handles and an error in a timer fail the running cell', async () => {
    const causes = [
      `await Promise.reject(new Error('thrown'))`,
      `void Promise.reject(new Error('thrown')); 1`,
      `setTimeout(() => { throw new Error('thrown') }, 20); await new Promise(() => {})`,
    ]
    for (const cause of causes) {
      const { failed, notebook } = await runCells([cause])
      assert.equal([failed?.ename, failed?.evalue], ['Error', 'thrown'], cause)
      assert.is(notebook.cells[0]?.outputs?.filter((output) => output.output_type === 'error').length, 1, cause)
    }
  })

  test('a type error tells line, column and the line itself', async () => {
    const { failed } = await runCells([`const peers = 40\nconst name: string = peers`])
    assert.is(failed?.ename, 'TypeScriptError')
    assert.is(failed?.evalue, `2:7 - Type 'number' is not assignable to type 'string'.`)
    assert.equal(failed?.traceback, [
      `2:7 - Type 'number' is not assignable to type 'string'.`,
      '  const name: string = peers',
      '        ^',
    ])
  })

  test('every type error of a cell is told', async () => {
    const { failed } = await runCells([`const a: string = 1\nconst b: number = 'b'`])
    assert.is(failed?.traceback.filter((line) => /^\d+:\d+ - /.test(line)).length, 2)
  })

  test('a frame of an error names the cell and the line as it was written', async () => {
    const { failed } = await runCells([
      `interface Peer {\n  id: string\n}\n\nfunction find(peer: Peer): never {\n  throw new Error(peer.id)\n}`,
      `// the call\nfind({ id: 'a' })`,
    ])
    const frames = (failed?.traceback ?? []).filter((line) => /^\s+at /.test(line))
    assert.match(frames[0] ?? '', /find \(cell 1:6:9\)/)
    assert.match(frames[1] ?? '', /cell 2:2:1/)
    assert.is(frames.length, 2)
  })

  test('what is thrown and is no error is told as it is', async () => {
    assert.is((await runCells([`throw 'just text'`])).failed?.evalue, 'just text')
    assert.match((await runCells([`throw { code: 7 }`])).failed?.evalue ?? '', /code: 7/)
  })

  test('a cell that ends its process is told', async () => {
    const { failed } = await runCells([`console.log('going'); process.exit(3)`, '1'])
    assert.is(failed?.ename, 'KernelEnded')
    assert.match(failed?.evalue ?? '', /exit code 3/)
  })

  test('what a cell printed before its process ended is kept', async () => {
    assert.is(printed(await runCells([`console.log('going'); process.exit(3)`]), 0), 'going\n')
  })
})

import * as assert from 'uvu/assert'
import { InputError } from '../../../kernel-lib/errors.ts'
import { readNotebook, sourceHash, writeNotebook } from '../../../kernel-lib/kernel/document/notebook.ts'
import {
  assignParameters,
  injectParameters,
  notebookParameters,
} from '../../../kernel-lib/kernel/document/parameters.ts'
import { executeNotebook } from '../../../kernel-lib/kernel/execute/execute.ts'
import { describe } from '../../suite.ts'
import { build, notebookFile, outputsOf } from './notebooks.ts'

const cell = `// parameters
const nodes = 40 // how many
let seed: number = 1;
const plan = 'dht'; // which
const share = -2.5e-1
const strict: boolean = false
const derived = nodes * 2`

describe('parameters of a notebook', (test) => {
  const declared = async () => notebookParameters(await readNotebook(notebookFile(cell, 'nodes')))

  test('are the literals declared in the tagged cell', async () => {
    assert.equal(
      (await declared()).map(({ name, type, default: value }) => [name, type, value]),
      [
        ['nodes', 'number', 40],
        ['seed', 'number', 1],
        ['plan', 'string', 'dht'],
        ['share', 'number', -0.25],
        ['strict', 'boolean', false],
      ],
    )
  })

  test('take text by the type of their default', async () => {
    const values = assignParameters(await declared(), { nodes: '60', plan: '7', strict: 'true' })
    assert.equal(values, { nodes: 60, seed: 1, plan: '7', share: -0.25, strict: true })
  })

  test('refuse unknown names and wrong types, all at once, with those allowed', async () => {
    const parameters = await declared()
    try {
      assignParameters(parameters, { node: '60', nodes: 'many', strict: 'yes', seed: '' })
      assert.unreachable()
    } catch (error) {
      assert.instance(error, InputError)
      const lines = (error as Error).message.split('\n')
      assert.is(lines.length, 4)
      assert.match(lines[0] ?? '', /^-p node: the notebook has no such parameter; it has nodes \(number, 40\), seed/)
      assert.is(lines[1], '-p nodes=many: is not a number; its default is 40')
      assert.is(lines[2], '-p strict=yes: is not a boolean; its default is false')
    }
  })

  test('of a notebook that declares none say how to declare them', async () => {
    const none = notebookParameters(await readNotebook(notebookFile('1')))
    assert.throws(() => assignParameters(none, { nodes: '1' }), /tag a cell `parameters`/)
  })

  test('are set by one cell after the tagged one, however often they are injected', async () => {
    const notebook = await readNotebook(notebookFile(cell, 'nodes'))
    const once = injectParameters(notebook, { nodes: 60, plan: `it's \\ "so"` })
    const twice = injectParameters(once, { nodes: 70, seed: 2 })
    assert.is(once.cells[1]?.source, `const nodes = 60\nconst plan = 'it\\'s \\\\ "so"'`)
    assert.equal(once.cells[1]?.metadata, { tags: ['injected-parameters'] })
    assert.equal(
      twice.cells.map((one) => one.source),
      [cell, 'const nodes = 70\nlet seed: number = 2', 'nodes'],
    )
  })

  test('are set by the same cell where defaults are given too, as the command that repeats a page does', async () => {
    const notebook = await readNotebook(notebookFile(cell, 'nodes'))
    const values = assignParameters(notebookParameters(notebook), { nodes: 60 })
    assert.equal(injectParameters(notebook, values), injectParameters(notebook, { nodes: 60 }))
    assert.equal(injectParameters(notebook, { nodes: 40, seed: 1 }).cells, notebook.cells)
  })

  test('reach the cells, are kept with the executed notebook, and leave the file as it was', async () => {
    build()
    const path = notebookFile(cell, 'nodes + seed', 'plan')
    const before = await readNotebook(path)
    const execution = await executeNotebook(path, { parameters: { nodes: '60', plan: `it's` } })
    const [sum, plan] = [outputsOf(execution, 2)[0], outputsOf(execution, 3)[0]]
    assert.equal(sum?.output_type === 'execute_result' && sum.data, { 'text/plain': '61' })
    assert.equal(plan?.output_type === 'execute_result' && plan.data, { 'text/plain': `it's` })
    assert.equal(await readNotebook(path), before)
    const kept = execution.notebook.metadata.hoplab as Record<string, Record<string, unknown>>
    assert.equal(kept.parameters, { nodes: 60, seed: 1, plan: `it's`, share: -0.25, strict: false })
    assert.equal(Object.keys(kept.versions ?? {}), ['hoplab', 'tslab', 'typescript', 'node'])
    for (const one of execution.notebook.cells)
      assert.is((one.metadata.hoplab as { source_sha256: string }).source_sha256, sourceHash(one.source))
  })
})

describe('a file that is no notebook', (test) => {
  test('of ours is refused when its language is another', async () => {
    const path = notebookFile('print(1)')
    const python = { ...(await readNotebook(path)), metadata: { kernelspec: { name: 'python3', language: 'python' } } }
    await writeNotebook(python, path)
    await executeNotebook(path).then(
      () => assert.unreachable(),
      (error) => assert.match(error.message, /a notebook in python; hoplab runs TypeScript/),
    )
  })

  test('is refused with its name', async () => {
    const cases = [
      ['no-such.ipynb', /no-such.ipynb: cannot be read \(ENOENT\)/],
      [import.meta.filename, /parameters.test.ts: not JSON/],
      [`${import.meta.dirname}/../../../package.json`, /nbformat is undefined/],
    ] as const
    for (const [path, message] of cases) {
      try {
        await executeNotebook(path)
        assert.unreachable()
      } catch (error) {
        assert.instance(error, InputError)
        assert.match((error as Error).message, message)
      }
    }
  })
})

// time limit: 240 s
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { main } from '../../../kernel-lib/cli/main.ts'
import { readNotebook } from '../../../kernel-lib/kernel/document/notebook.ts'
import { describe } from '../../suite.ts'
import { build, notebookFile } from './notebooks.ts'

interface Ended {
  readonly code: number
  readonly out: readonly string[]
  readonly err: string
}

async function hoplab(words: readonly string[], signal = new AbortController().signal): Promise<Ended> {
  build()
  const out: string[] = []
  const err: string[] = []
  const code = await main(words, { out: (line) => out.push(line), err: (line) => err.push(line), signal })
  return { code, out, err: err.join('\n') }
}

const folder = mkdtempSync(join(tmpdir(), 'hoplab-command-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

describe('hoplab notebook run', (test) => {
  test('writes the executed copy, tells each cell, and leaves the source as it was', async () => {
    const file = notebookFile('// parameters\nconst nodes = 40', `console.log(nodes)`)
    const before = readFileSync(file, 'utf8')
    const copy = join(folder, 'deep/copy.ipynb')
    const { code, out, err } = await hoplab(['notebook', 'run', file, '-p', 'nodes=60', '--out', copy])
    assert.equal([code, out], [0, [`notebook: ${copy}`]])
    assert.match(err, /cell 3 of 3 .* console\.log\(nodes\)/)
    assert.is(readFileSync(file, 'utf8'), before)
    const executed = await readNotebook(copy)
    assert.equal(executed.cells[2]?.outputs, [{ output_type: 'stream', name: 'stdout', text: '60\n' }])
    assert.equal(readdirSync(join(folder, 'deep')), ['copy.ipynb'])
  })

  test('fails with the cell and the error, and keeps the copy', async () => {
    const copy = join(folder, 'failed.ipynb')
    const { code, out, err } = await hoplab([
      'notebook',
      'run',
      notebookFile('1', `\nthrow new Error('no peers')`),
      '--out',
      copy,
      '--json',
    ])
    assert.is(code, 1)
    const told = JSON.parse(out[0] ?? '')
    assert.is(out.length, 1)
    assert.equal([told.schema, told.outcome, told.executed], ['hoplab/notebook/1', 'failure', copy])
    assert.equal(told.failed, { cell: 2, id: 'cell-2', name: 'Error', message: 'no peers' })
    assert.match(err, /cell 2 of 2 failed \(id cell-2\)\nError: no peers\n\s+at .*cell 2:2:7/)
    assert.is((await readNotebook(copy)).cells[1]?.outputs?.[0]?.output_type, 'error')
  })

  test('forwards what a run card says', async () => {
    const card = (text: string, record: string): string =>
      `globalThis[Symbol.for('hoplab.display')]({ 'application/vnd.hoplab.run+json': { record: ${record} }, 'text/plain': '${text}' }, { id: 'c', update: false })`
    const { err } = await hoplab([
      'notebook',
      'run',
      notebookFile(
        `${card('run 1\\n3 of 40', 'null')}; ${card('run 1\\nsuccess  4 s', '{}')}; ${card('success  5 s', '{}')}; undefined`,
      ),
      '--out',
      join(folder, 'card.ipynb'),
    ])
    assert.match(err, / {2}run 1\n {2}3 of 40\n {2}success {2}4 s\ncell 1/)
  })

  test('an interrupted run ends with 130 and writes nothing', async () => {
    const copy = join(folder, 'interrupted.ipynb')
    const cell = `console.log('on'); await new Promise(() => { setInterval(() => {}, 1000) })`
    const ended = hoplab(['notebook', 'run', notebookFile(cell), '--out', copy], AbortSignal.timeout(3_000))
    assert.is((await ended).code, 130)
    assert.is(existsSync(copy), false)
  })

  test('refuses what it cannot do, with what to write instead', async () => {
    const file = notebookFile('// parameters\nconst nodes = 40')
    const cases = [
      [['notebook'], /write hoplab notebook run FILE/],
      [['notebook', 'run'], /which notebook\?/],
      [['notebook', 'run', 'no.ipynb'], /no.ipynb: cannot be read/],
      [['notebook', 'run', file, 'other.ipynb'], /found also other.ipynb/],
      [['notebook', 'run', file, '-p', 'nodes'], /-p nodes: write -p name=value/],
      [['notebook', 'run', file, '-p', 'peers=3'], /it has nodes \(number, 40\)/],
      [['notebook', 'run', file, '--seed', '3'], /-p seed: the notebook has no such parameter/],
      [['notebook', 'run', file, '--cell-timeout', 'soon'], /--cell-timeout soon: write seconds/],
      [['notebook', 'run', file, '--in-place', '--out', 'x'], /--in-place and --out/],
      [['kernel', 'fetch'], /write hoplab kernel install \| uninstall \| list/],
      [['kernel', 'install', '--user', '--prefix', 'x'], /--user and --prefix/],
    ] as const
    for (const [words, message] of cases) {
      const { code, out, err } = await hoplab(words)
      assert.equal([code, out], [2, []], words.join(' '))
      assert.match(err, message)
    }
  })
})

describe('hoplab kernel', (test) => {
  test('installs a kernel that starts, lists it, and removes it', async () => {
    const prefix = join(folder, 'env')
    const { code, out } = await hoplab(['kernel', 'install', '--prefix', prefix])
    assert.equal([code, out], [0, [`installed: ${join(prefix, 'share/jupyter/kernels/hoplab')}`]])
    const spec = JSON.parse(readFileSync(join(prefix, 'share/jupyter/kernels/hoplab/kernel.json'), 'utf8'))
    assert.equal(
      [spec.display_name, spec.language, spec.interrupt_mode],
      ['TypeScript (hoplab)', 'typescript', 'signal'],
    )
    assert.ok(spec.argv.slice(0, 1).concat(spec.argv.slice(2, 3)).every(existsSync))
    const [command, ...words] = spec.argv.map((word: string) => (word === '{connection_file}' ? '/no/such/file' : word))
    assert.match(spawnSync(command, words, { encoding: 'utf8' }).stderr, /ENOENT.*\/no\/such\/file/)
    const listed = JSON.parse((await hoplab(['kernel', 'list', '--prefix', prefix, '--json'])).out[0] ?? '')
    assert.equal(
      listed.kernels.map((kernel: { name: string; ours: boolean; missing: unknown }) => [
        kernel.name,
        kernel.ours,
        kernel.missing,
      ]),
      [['hoplab', true, []]],
    )
    await hoplab(['kernel', 'uninstall', '--prefix', prefix])
    assert.equal(readdirSync(join(prefix, 'share/jupyter/kernels')), [])
    assert.match((await hoplab(['kernel', 'uninstall', '--prefix', prefix])).out[0] ?? '', /nothing to remove/)
  })
})

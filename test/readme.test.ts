// time limit: 600 s
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { executeNotebook } from '../kernel-lib/kernel/execute/execute.ts'
import { build } from './kernel-lib/kernel/notebooks.ts'
import { describe } from './suite.ts'
import { root, workspaceFolder } from './workspace.ts'

const readme = readFileSync(join(root, 'README.md'), 'utf8')
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map((match) => match[1] ?? '')
const commands = blocks('sh').flatMap((block) => block.trim().split('\n'))
const archive = '48d7fa97a0ee.tgz'
const archivePath = join(root, '../shared/data/testground-dht-find-peers-2020-03-19', archive)

/** A workspace with the archive that the README names, where it is here. */
function workspace(): string {
  const folder = workspaceFolder()
  if (existsSync(archivePath)) copyFileSync(archivePath, join(folder, archive))
  return folder
}

describe('the README', (test) => {
  const byCi = commands.filter((line) => line.startsWith('npm '))
  const ours = commands.filter((line) => line.startsWith('npx hoplab '))
  const runnable = ours.filter((line) => !line.includes(archive) || existsSync(archivePath))

  test('has commands, each run by CI or here', () => {
    assert.ok(byCi.length > 2 && ours.length > 4)
    assert.is(byCi.length + ours.length, commands.length)
    const ci = readFileSync(join(root, '.ci/run'), 'utf8')
    const byHand = ['npm run check:full', 'npm run bench -- density']
    for (const part of byCi.flatMap((line) => line.split(' && ')))
      assert.ok(byHand.includes(part) || ci.split('\n').includes(part), `${part} is not in .ci/run`)
  })

  test('every hoplab command does what it says', () => {
    build()
    const cwd = workspace()
    try {
      for (const line of runnable) {
        const words = line.replace('npx hoplab ', '').split(' ')
        const { status, stderr } = spawnSync(process.execPath, [join(root, 'kernel-lib/bin/hoplab.js'), ...words], {
          cwd,
          encoding: 'utf8',
          env: { ...process.env, HOME: cwd, XDG_DATA_HOME: '', JUPYTER_DATA_DIR: '' },
        })
        // The imported run recorded failures; that it could be imported is the success of the command.
        assert.is(status, 0, `${line}: exit ${status}\n${stderr}`)
      }
      assert.ok(existsSync(join(cwd, 'site/dht-lookups/index.html')))
      assert.match(readFileSync(join(cwd, 'runs/lookups.csv'), 'utf8'), /^run,group,instance,seed,lookup/)
    } finally {
      rmSync(cwd, { recursive: true, force: true })
    }
  })

  test('the cell runs and answers', async () => {
    build()
    const [source = ''] = blocks('ts')
    const cwd = workspace()
    try {
      const path = join(cwd, 'readme.ipynb')
      const cell = { cell_type: 'code', id: 'cell', metadata: {}, source, outputs: [], execution_count: null }
      const metadata = { kernelspec: { name: 'hoplab', display_name: 'TypeScript (hoplab)', language: 'typescript' } }
      writeFileSync(path, JSON.stringify({ cells: [cell], metadata, nbformat: 4, nbformat_minor: 5 }))
      const { failed, notebook } = await executeNotebook(path)
      assert.is(failed, null)
      const [quoted = ''] = /(?<=shows `)A lookup takes [^`…]+/.exec(readme) ?? []
      assert.match(quoted, 'hops on average')
      assert.match(JSON.stringify(notebook.cells[0]), quoted)
    } finally {
      rmSync(cwd, { recursive: true, force: true })
    }
  })
})

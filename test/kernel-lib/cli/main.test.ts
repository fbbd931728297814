// time limit: 120 s
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as assert from 'uvu/assert'
import { main } from '../../../kernel-lib/cli/main.ts'
import { describe } from '../../suite.ts'
import { build } from '../kernel/notebooks.ts'

const root = resolve(import.meta.dirname, '../../..')
const errors = pathToFileURL(join(root, 'kernel-lib/errors.ts')).href

/** Commands of a stranger's workspace: one tells what it was given, one fails in the way that it is told. */
const echo = `export default {
  name: 'echo', summary: 'tells what it was given', usage: 'WORD...',
  options: { loud: { type: 'boolean', short: 'l', about: 'in capitals' }, times: { type: 'string', value: 'N', multiple: true, about: 'how often' } },
  examples: [{ line: 'hoplab echo a', about: 'a' }],
  async run({ positionals, values, out }) { out(JSON.stringify({ positionals, values })); return 0 },
}`
const fail = `import { AbsentError, InputError } from ${JSON.stringify(errors)}
export default {
  name: 'fail', summary: 'fails', usage: '',
  options: { how: { type: 'string', about: 'how' } },
  examples: [{ line: 'hoplab fail', about: 'fails' }],
  async run({ values: { how } }) {
    if (how === 'input') throw new InputError('where: what; write that')
    if (how === 'absent') throw new AbsentError('install it')
    if (how === 'bug') throw new TypeError('a bug')
    return 1
  },
}`

const hoplab = (...words: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'kernel-lib/bin/hoplab.js'), ...words], { cwd: root, encoding: 'utf8' })

interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function say(argv: readonly string[], signal = new AbortController().signal): Promise<Said> {
  const out: string[] = []
  const err: string[] = []
  const code = await main(argv, { out: (line) => out.push(line), err: (line) => err.push(line), signal })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('the command line', (test) => {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-cli-'))
  const before = process.cwd()
  test.before(() => {
    mkdirSync(join(folder, 'commands'))
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ type: 'module', hoplab: { commands: ['commands'], plans: [] } }),
    )
    writeFileSync(join(folder, 'commands/echo.ts'), echo)
    writeFileSync(join(folder, 'commands/fail.ts'), fail)
    writeFileSync(join(folder, 'commands/broken.ts'), 'throw new Error("imported")')
    process.chdir(folder)
  })
  test.after(() => {
    process.chdir(before)
    rmSync(folder, { recursive: true, force: true })
  })

  test('finds commands in the folders of the workspace and imports no other', async () => {
    const { code, out } = await say(['echo', 'a', '-l', '--times', '2', '--times', '3', '--', '--loud'])
    assert.is(code, 0)
    assert.equal(JSON.parse(out), { positionals: ['a', '--loud'], values: { loud: true, times: ['2', '3'] } })
  })

  test('names the commands there are when it knows no such one', async () => {
    const { code, out, err } = await say(['ecoh'])
    assert.equal({ code, out }, { code: 2, out: '' })
    assert.is(err, 'hoplab ecoh: no such command; there are broken, echo, fail')
  })

  test('names the options there are when it knows no such one', async () => {
    const { code, err } = await say(['echo', '--luod'])
    assert.is(code, 2)
    assert.is(err, "hoplab echo: Unknown option '--luod'; options: --loud, --times (hoplab echo --help)")
  })

  test('refuses an option without its value, and words where options alone are taken', async () => {
    assert.is((await say(['echo', '--times'])).code, 2)
    const { code, err } = await say(['fail', 'now'])
    assert.equal([code, err], [2, 'hoplab fail: takes options alone, not now (hoplab fail --help)'])
  })

  test('help wins over everything else on the line', async () => {
    for (const words of [['--help'], ['-h'], ['a', '--lout', '-h']]) {
      const { code, out } = await say(['echo', ...words])
      assert.is(code, 0)
      assert.match(out, /^hoplab echo: tells what it was given\n\n {2}hoplab echo a/)
      assert.match(out, /usage: hoplab echo WORD\.\.\. \[options\]\n/)
      assert.match(out, /-l, --loud +in capitals/)
      assert.match(out, /--times N +how often/)
    }
  })

  test('exits 1 for no success, 2 for bad input, 3 for what is not there', async () => {
    assert.equal(await say(['fail']), { code: 1, out: '', err: '' })
    assert.equal(await say(['fail', '--how', 'input']), { code: 2, out: '', err: 'where: what; write that' })
    assert.equal(await say(['fail', '--how', 'absent']), { code: 3, out: '', err: 'install it' })
  })

  test('shows the stack of a failure of its own, and exits 130 when it was interrupted', async () => {
    const bug = await say(['fail', '--how', 'bug'])
    assert.is(bug.code, 1)
    assert.match(bug.err, /^TypeError: a bug\n +at /)
    const interrupted = await say(['fail', '--how', 'bug'], AbortSignal.abort())
    assert.equal([interrupted.code, interrupted.err], [130, 'interrupted'])
  })
})

describe('the overview', (test) => {
  test('lists every command of this repository, with exit codes', async () => {
    const before = process.cwd()
    process.chdir(root)
    try {
      const { code, out } = await say([])
      assert.is(code, 0)
      assert.match(out, /^hoplab: /)
      for (const name of ['run', 'runs', 'show', 'export', 'import', 'notebook', 'publish', 'kernel', 'terminate'])
        assert.match(out, new RegExp(`^  ${name} `, 'm'))
      assert.match(out, /exit codes: 0 success, .* 130 interrupted$/)
      for (const words of [['--help'], ['-h'], ['help']]) assert.is((await say(words)).out, out)
    } finally {
      process.chdir(before)
    }
  })

  test('plans and describe say what examples promise', async () => {
    const before = process.cwd()
    process.chdir(root)
    try {
      assert.match((await say(['plans'])).out, /find-peers/)
      assert.match((await say(['describe', 'dht', 'find-peers'])).out, /bucket_size/)
      const { schema } = JSON.parse((await say(['describe', 'dht', '--json'])).out)
      assert.match(schema, /^hoplab\//)
    } finally {
      process.chdir(before)
    }
  })
})

describe('the built command', (test) => {
  test('answers at once, and exits as main does', () => {
    build()
    const started = performance.now()
    const help = hoplab('run', '--help')
    console.log(`hoplab run --help took ${(performance.now() - started).toFixed(0)} ms`)
    assert.is(help.status, 0)
    assert.match(help.stdout, /^hoplab run: .*\n\n {2}hoplab run plans\//)
    const wrong = hoplab('rnu')
    assert.equal([wrong.status, wrong.stdout], [2, ''])
    assert.match(wrong.stderr, /^hoplab rnu: no such command; there are .*\brun\b/)
  })
})

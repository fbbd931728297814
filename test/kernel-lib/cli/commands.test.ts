import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as assert from 'uvu/assert'
import { commandFiles, findCommand } from '../../../kernel-lib/cli/commands.ts'
import { commandHelp, overview } from '../../../kernel-lib/cli/help.ts'
import { type Command, common } from '../../../kernel-lib/command.ts'
import { findWorkspace } from '../../../kernel-lib/run/workspace.ts'
import { describe } from '../../suite.ts'

const root = resolve(import.meta.dirname, '../../..')
const workspace = findWorkspace(root)
const files = [...commandFiles(workspace)]

/** Words of an example that `hoplab` is given: those before a pipe, without the name. */
const wordsOf = (line: string): string[] => (line.split(' | ')[0] ?? '').split(' ').slice(1)

async function everyCommand(check: (command: Command, file: string) => void | Promise<void>): Promise<void> {
  assert.ok(files.length >= 12, `${files.length} commands`)
  for (const [name, file] of files) await check(await findCommand(workspace, name), file)
}

describe('every command', (test) => {
  test('is named after its file and says in one line what it does', () =>
    everyCommand(({ name, summary }, file) => {
      assert.is(basename(file), `${name}.ts`)
      assert.match(summary, /^[a-z].*[^.]$/)
      assert.ok(summary.length < 80, summary)
    }))

  test('has examples of commands and options that are known, on files that are there', () =>
    everyCommand(async ({ examples }) => {
      assert.ok(examples.length > 0)
      for (const { line } of examples) {
        const [name = '', ...args] = wordsOf(line)
        const { options: taken } = await findCommand(workspace, name)
        const options = Object.fromEntries(
          Object.entries(taken).map(([key, { about: _, value: __, ...option }]) => [key, option]),
        )
        const { positionals } = parseArgs({ args, options, allowPositionals: true, strict: true })
        for (const path of positionals.filter((word) => /^(plans|notebooks)\//.test(word)))
          assert.ok(existsSync(join(root, path)), `${line}: ${path} is not there`)
      }
    }))

  test('uses an option in the sense that all share', () =>
    everyCommand(({ name, options }) => {
      for (const [key, option] of Object.entries(options)) {
        if (!Object.hasOwn(common, key)) continue
        const shared: Command['options'][string] = common[key as keyof typeof common]
        const { about, ...form } = option
        const { about: sharedAbout, ...sharedForm } = shared
        assert.equal(form, sharedForm, `${name} --${key}`)
        if (key !== 'json') assert.is(about, sharedAbout, `${name} --${key}`)
      }
    }))

  test('leaves its options to the list below its usage', () =>
    everyCommand(({ name, usage, options }) => {
      const optional = Object.keys(options).filter((key) => usage.includes(`[--${key}]`))
      assert.equal(optional, [], name)
    }))

  test('has a help of at most 100 columns', () =>
    everyCommand((command) => {
      for (const line of commandHelp(command).split('\n')) assert.ok(line.length <= 100, line)
      for (const { line, about } of command.examples) {
        assert.ok(commandHelp(command).includes(line))
        assert.ok(commandHelp(command).replace(/\s+/g, ' ').includes(about))
      }
    }))

  test('stands in the overview, which begins with lines that work', async () => {
    const commands = await Promise.all(files.map(([name]) => findCommand(workspace, name)))
    const lines = overview(commands).split('\n')
    for (const { name, summary } of commands)
      assert.ok(lines.some((line) => line.startsWith(`  ${name} `) && line.endsWith(summary)))
    for (const line of lines) assert.ok(line.length <= 100, line)
    assert.match(lines[2] ?? '', /^ {2}hoplab run plans\//)
  })
})

import { parseArgs } from 'node:util'
import type { Command, Invocation } from '../command.ts'
import { AbsentError, InputError } from '../errors.ts'
import { findWorkspace } from '../run/workspace.ts'
import { allCommands, findCommand } from './commands.ts'
import { commandHelp, overview } from './help.ts'

/** Where a command's lines go, and what interrupts it. */
export type Terminal = Pick<Invocation, 'out' | 'err' | 'signal'>

/**
 * Runs one command line.
 *
 * @param argv Words after `hoplab`.
 * @returns The exit code: 0 success, 1 ended and not in success, 2 bad input, 3 something needed is not there, 130 interrupted.
 */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(argv, terminal)
  } catch (error) {
    return fail(error, terminal)
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...words] = argv
  const workspace = findWorkspace()
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(overview(await allCommands(workspace)))
    return 0
  }
  const command = await findCommand(workspace, name)
  if (words.includes('--help') || words.includes('-h')) {
    terminal.out(commandHelp(command))
    return 0
  }
  return command.run({ ...parsed(command, words), workspace, ...terminal })
}

function parsed(command: Command, words: readonly string[]): Pick<Invocation, 'positionals' | 'values'> {
  const { positionals, values } = parse(command, words)
  if (command.usage === '' && positionals.length > 0)
    throw new InputError(
      `hoplab ${command.name}: takes options alone, not ${positionals.join(' ')} (hoplab ${command.name} --help)`,
    )
  return { positionals, values: values as Invocation['values'] }
}

function parse(command: Command, words: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { about: _, value: __, ...option }]) => [name, option]),
  )
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true })
  } catch (error) {
    const known = Object.keys(command.options).map((option) => `--${option}`)
    throw new InputError(
      `hoplab ${command.name}: ${(error as Error).message.split(/\. |\n/)[0]?.replace(/\.$/, '')}; options: ${known.join(', ')} (hoplab ${command.name} --help)`,
    )
  }
}

function fail(error: unknown, terminal: Terminal): number {
  if (error instanceof InputError || error instanceof AbsentError) {
    terminal.err(error.message)
    return error instanceof InputError ? 2 : 3
  }
  if (terminal.signal.aborted) {
    terminal.err('interrupted')
    return 130
  }
  terminal.err(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return 1
}

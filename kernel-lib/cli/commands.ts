import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Command, Workspace } from '../command.ts'
import { InputError } from '../errors.ts'

/** Files of commands by command name, found in the folders that the workspace declares. The file is named after its command. */
export function commandFiles(workspace: Workspace): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const folder of workspace.commands)
    for (const file of filesIn(folder)) {
      const name = /^([a-z-]+)\.(?:ts|js)$/.exec(file)?.[1]
      if (name !== undefined) files.set(name, join(folder, file))
    }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/**
 * Imports one command, and no other.
 *
 * @throws InputError when no folder has a command of that name; the message lists those there are.
 */
export async function findCommand(workspace: Workspace, name: string): Promise<Command> {
  const files = commandFiles(workspace)
  const file = files.get(name)
  if (file === undefined)
    throw new InputError(`hoplab ${name}: no such command; there are ${[...files.keys()].join(', ')}`)
  const module = (await import(pathToFileURL(file).href)) as { default: Command }
  return module.default
}

/** Every command, imported: for help, which names them all. */
export async function allCommands(workspace: Workspace): Promise<Command[]> {
  return Promise.all([...commandFiles(workspace).keys()].map((name) => findCommand(workspace, name)))
}

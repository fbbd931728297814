import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Workspace } from '../command.ts'
import { InputError } from '../errors.ts'

interface Declared {
  readonly commands?: unknown
  readonly plans?: unknown
  readonly observers?: unknown
}

/**
 * The workspace around a folder: the nearest package.json upward that has a `hoplab` key; where there is none, the one that
 * this code itself belongs to.
 *
 * @param from Default: the current folder.
 * @throws InputError when neither is there, and when the key holds what it must not.
 */
export function findWorkspace(from: string = process.cwd()): Workspace {
  const found = workspaceAround(from) ?? upward(dirname(fileURLToPath(import.meta.url)), declaresHoplab)
  if (found === null)
    throw new InputError(
      `${join(from, 'package.json')}: no package.json from here upward has a "hoplab" key; write "hoplab": { "commands": [], "plans": ["plans"] }`,
    )
  return readWorkspace(found)
}

/** Root of the workspace that a folder lies in, or null where it lies in none. */
export function workspaceAround(folder: string): string | null {
  return upward(folder, declaresHoplab)
}

function readWorkspace(root: string): Workspace {
  const declared = readPackage(root)?.hoplab as Declared
  const folders = (key: keyof Declared): readonly string[] => {
    const value = declared[key] ?? []
    if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
      return value.map((folder) => resolve(root, folder))
    throw new InputError(`${join(root, 'package.json')}: hoplab.${key}: write a list of folders, ["${key}"]`)
  }
  return {
    root,
    commands: folders('commands').map(runnable),
    plans: folders('plans'),
    observers: folders('observers').map(runnable),
  }
}

const fromSource = import.meta.url.endsWith('.ts')

/** Where the code of a path is to be imported from: compiled packages keep it under their `dist`. */
function runnable(path: string): string {
  const owner = fromSource ? null : upward(path, (folder) => readPackage(folder) !== null)
  if (owner === null || !existsSync(join(owner, 'dist'))) return path
  return join(owner, 'dist', relative(owner, path)).replace(/\.ts$/, '.js')
}

function upward(from: string, fits: (folder: string) => boolean): string | null {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (fits(folder)) return folder
    if (folder === dirname(folder)) return null
  }
}

function declaresHoplab(folder: string): boolean {
  const declared = readPackage(folder)?.hoplab
  return typeof declared === 'object' && declared !== null
}

function readPackage(folder: string): { readonly hoplab?: unknown } | null {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { readonly hoplab?: unknown }
  } catch (error) {
    throw new InputError(`${file}: is no JSON: ${(error as Error).message}`)
  }
}

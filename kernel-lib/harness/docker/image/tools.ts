import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { AbsentError } from '../../../errors.ts'
import { librariesOf } from './base.ts'
import type { Entry } from './tar.ts'

/** Where images have programs of this machine. */
const toolFolder = '/usr/bin'
/** Where images have what iptables loads by name. */
export const extensionFolder = '/usr/lib/xtables'

/** A program of this machine and the package of Debian that brings it. */
export interface Tool {
  readonly name: string
  readonly debian: string
}

/**
 * Programs of this machine for an image, with the libraries that they are linked to.
 *
 * @throws AbsentError that names every program that is not there.
 */
export async function toolEntries(tools: readonly Tool[]): Promise<readonly Entry[]> {
  const found = tools.map((tool) => ({ tool, path: findProgram(tool.name) }))
  const missing = found.filter(({ path }) => path === null).map(({ tool }) => tool)
  if (missing.length > 0)
    throw new AbsentError(
      `docker needs ${missing.map(({ name }) => name).join(', ')} to configure networks: apt-get install ${[...new Set(missing.map(({ debian }) => debian))].join(' ')}`,
    )
  const programs = found.flatMap(({ tool, path }) => (path === null ? [] : [{ name: tool.name, path }]))
  const libraries = new Set((await Promise.all(programs.map(({ path }) => librariesOf(path)))).flat())
  return [
    ...programs.map(({ name, path }) => copied(path, join(toolFolder, name), 0o755)),
    ...[...libraries].sort().map((path) => copied(path, path, 0o755)),
  ]
}

/** The extensions of iptables that this machine has and that begin with one of these names: `libxt_NFQUEUE`. */
export function extensionEntries(names: readonly string[]): readonly Entry[] {
  const folder = extensionFolders().find((one) => existsSync(join(one, `${names[0]}.so`)))
  if (folder === undefined)
    throw new AbsentError(`docker needs iptables' ${names[0]}.so to configure networks: apt-get install iptables`)
  return names
    .map((name) => `${name}.so`)
    .filter((file) => existsSync(join(folder, file)))
    .map((file) => copied(join(folder, file), join(extensionFolder, file), 0o644))
}

function extensionFolders(): readonly string[] {
  const roots = ['/usr/lib', '/usr/lib64', '/lib', '/lib64', '/usr/local/lib'].filter((root) => existsSync(root))
  const below = roots.flatMap((root) =>
    readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [join(root, entry.name)] : [],
    ),
  )
  return [...roots, ...below].map((folder) => join(folder, 'xtables'))
}

/** Without links, so that a program of many names is found under the one that it is asked for. */
function findProgram(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/local/sbin', '/usr/sbin', '/sbin']
  const path = folders.map((folder) => join(folder, name)).find((one) => existsSync(one))
  return path === undefined ? null : realpathSync(path)
}

/** A file of this machine, as an image has it. */
export function copied(from: string, path: string, mode: number): Entry {
  return { kind: 'copy', path, mode, from }
}

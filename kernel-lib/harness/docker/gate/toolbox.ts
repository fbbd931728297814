import { copyFile, mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { librariesOf } from '../image/base.ts'

/** Where containers find the toolbox. */
export const toolboxPath = '/.hoplab'

const shell = '/bin/sh'

/** What holds a container's program: this machine's own shell with all that it is linked to, so that it runs in any image, an empty one too. */
export interface Toolbox {
  /** Folder of this machine, absolute. */
  readonly folder: string
  /** Command line of the shell in a container. */
  readonly shell: readonly string[]
}

/**
 * Makes the toolbox of a session in its run's folder.
 *
 * @throws AbsentError where `ldd` is missing.
 */
export async function makeToolbox(runFolder: string): Promise<Toolbox> {
  const folder = folderIn(runFolder)
  const libraries = await librariesOf(shell)
  const loader = libraries.map((path) => basename(path)).find((name) => name.startsWith('ld'))
  if (loader === undefined) throw new Error(`${shell} has no loader among ${libraries.join(', ')}`)
  await mkdir(join(folder, 'lib'), { recursive: true })
  await Promise.all([
    copyFile(shell, join(folder, 'sh')),
    ...libraries.map((path) => copyFile(path, join(folder, 'lib', basename(path)))),
  ])
  const at = (name: string): string => `${toolboxPath}/${name}`
  return { folder, shell: [at(`lib/${loader}`), '--library-path', at('lib'), at('sh')] }
}

/** The mount by which a container has a toolbox, in the engine's words. */
export function toolboxMount({ folder }: Toolbox) {
  return { Type: 'bind', Source: folder, Target: toolboxPath, ReadOnly: true } as const
}

/** Removes the toolbox of a session, where there is one. */
export async function removeToolbox(runFolder: string): Promise<void> {
  await rm(folderIn(runFolder), { recursive: true, force: true })
}

function folderIn(runFolder: string): string {
  return join(runFolder, '.toolbox')
}

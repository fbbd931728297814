import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Workspace } from '../command.ts'
import { InputError } from '../errors.ts'
import type { Observer } from './observer.ts'

/** The default export of a file in a folder of observers, which is named as the observer is: makes an observer that tells what happens to `to`. */
export type OpenObserver = (
  to: string,
  options: { /** Told what the user should know, a line each. */ readonly onNotice: (text: string) => void },
) => Observer

/**
 * Observers that were asked for as `name=to`, from the folders that the workspace lists.
 *
 * @throws InputError where one is not of that form, its name is unknown, or it takes no such `to`.
 */
export async function namedObservers(
  asked: readonly string[],
  { observers: folders }: Pick<Workspace, 'observers'>,
  onNotice: (text: string) => void,
): Promise<Observer[]> {
  if (asked.length === 0) return []
  const known = new Map((await Promise.all(folders.map(filesOf))).flat())
  return Promise.all(
    asked.map(async (text) => {
      const [, name = '', to = ''] = /^([^=]*)=(.+)$/s.exec(text) ?? []
      const file = known.get(name)
      if (file === undefined)
        throw new InputError(`--observe ${name || text}: write NAME=TO; names are ${[...known.keys()].join(', ')}`)
      const { default: open } = (await import(pathToFileURL(file).href)) as { readonly default: OpenObserver }
      return open(to, { onNotice })
    }),
  )
}

async function filesOf(folder: string): Promise<(readonly [string, string])[]> {
  const names = await readdir(folder)
  return names
    .filter((name) => /\.(ts|js)$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => [name.replace(/\.\w+$/, ''), join(folder, name)])
}

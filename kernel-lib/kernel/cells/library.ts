import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The `node_modules` folder that this package is installed in. */
export function ownModules(): string {
  const start = dirname(fileURLToPath(import.meta.url))
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'node_modules', 'hoplab'))) return join(folder, 'node_modules')
  throw new Error(`${start}: not installed in a node_modules folder; install it with npm`)
}

/** The environment in which a cell finds `hoplab` wherever its notebook lies. A package nearer to the notebook comes first. */
export function libraryEnvironment(given: string | undefined = process.env.NODE_PATH): { readonly NODE_PATH: string } {
  return { NODE_PATH: given ? `${given}${delimiter}${ownModules()}` : ownModules() }
}

/** Where the compiler finds the types of `hoplab` for a notebook in `start`; empty where it finds them by itself. */
export function libraryPaths(start: string): Readonly<Record<string, readonly string[]>> {
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'node_modules', 'hoplab'))) return {}
  const modules = ownModules()
  return { hoplab: [join(modules, 'hoplab')], '@hoplab/*': [join(modules, '@hoplab', '*')] }
}

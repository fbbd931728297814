import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { AbsentError } from '../../../errors.ts'

/** A package with the way by which it was found. */
export interface Package {
  /** Without links. */
  readonly folder: string
  readonly manifest: PackageManifest
}

/** The parts of a package.json that packing looks at. */
export interface PackageManifest {
  readonly files?: readonly string[]
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** A package with all that it depends on, installed as they are. */
export interface Closure {
  readonly packages: readonly Package[]
  /** Links by which packages are found: path, and target relative to the link's folder. */
  readonly links: ReadonlyMap<string, string>
}

/**
 * Follows the dependencies of the package in a folder as Node looks them up.
 *
 * @throws AbsentError that names every dependency that is not installed.
 */
export function closureOf(start: string): Closure {
  const packages = new Map<string, Package>()
  const links = new Map<string, string>()
  const missing: string[] = []
  const visit = (folder: string): void => {
    if (packages.has(folder)) return
    const manifest = manifestIn(folder)
    packages.set(folder, { folder, manifest })
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = manifest
    for (const name of Object.keys({ ...peerDependencies, ...optionalDependencies, ...dependencies })) {
      const path = lookUp(folder, name)
      const needed = name in dependencies && !(name in optionalDependencies)
      if (path === null && needed) missing.push(`${name} (of ${folder})`)
      if (path === null) continue
      const real = realpathSync(path)
      if (lstatSync(path).isSymbolicLink()) links.set(path, relative(dirname(path), real))
      visit(real)
    }
  }
  visit(realpathSync(start))
  if (missing.length > 0) throw new AbsentError(`not installed: ${missing.join(', ')}; run npm install`)
  return { packages: [...packages.values()], links }
}

function manifestIn(folder: string): PackageManifest {
  const file = join(folder, 'package.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

/** The folder in which Node finds a package that a file of `folder` imports. */
function lookUp(folder: string, name: string): string | null {
  const path = join(folder, 'node_modules', name)
  if (existsSync(join(path, 'package.json'))) return path
  return dirname(folder) === folder ? null : lookUp(dirname(folder), name)
}

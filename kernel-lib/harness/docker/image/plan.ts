import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { Plan } from '../../harness.ts'
import { nodePath } from './base.ts'
import { type Closure, closureOf, type Package } from './closure.ts'
import type { Entry } from './tar.ts'

const root = '/app'
/** What no program loads. */
const unneeded = /\.(?:d\.[cm]?ts|map|tsbuildinfo)$/

/** A plan as it stands in its image. */
export interface PackedPlan {
  readonly entries: readonly Entry[]
  /** How its program is started there. */
  readonly command: readonly string[]
}

/** Packs a plan and the packages that it needs, laid out as they are on this machine: its `files` of package.json, or all that it holds where there is none. */
export function packPlan(plan: Plan, program: string): PackedPlan {
  const closure = closureOf(plan.folder)
  const file = resolve(closure.packages[0]?.folder ?? plan.folder, program)
  const { entries, inImage } = packClosure(closure, [file])
  return { entries, command: [...(/\.[cm]?js$/.test(file) ? [nodePath] : []), inImage(file)] }
}

/** Packs all of a plan that is a package and the packages that it needs; `folder` is where the plan is then. */
export function packPackage(plan: Plan): { readonly entries: readonly Entry[]; readonly folder: string } {
  const closure = closureOf(plan.folder)
  const own = closure.packages[0]?.folder ?? plan.folder
  const { entries, inImage } = packClosure(closure, walk(own))
  return { entries, folder: inImage(own) }
}

interface PackedClosure {
  readonly entries: readonly Entry[]
  /** Where a path of this machine is in the image. */
  readonly inImage: (path: string) => string
}

function packClosure(closure: Closure, more: readonly string[]): PackedClosure {
  const files = new Map<string, string>()
  const above = commonFolder([...closure.packages.map(({ folder }) => folder), ...closure.links.keys()])
  const inImage = (path: string): string => join(root, relative(above, path))
  for (const path of [...closure.packages.flatMap(filesOf), ...more]) files.set(inImage(path), path)
  return {
    entries: [...[...files].map(([path, from]) => fileOf(path, from)), ...linksOf(closure, inImage)],
    inImage,
  }
}

function fileOf(path: string, from: string): Entry {
  const mode = (statSync(from).mode & 0o100) === 0 ? 0o644 : 0o755
  return { kind: 'copy', path, mode, from }
}

function linksOf({ links }: Closure, inImage: (path: string) => string): readonly Entry[] {
  return [...links].map(([path, target]) => ({ kind: 'link', path: inImage(path), mode: 0o777, target }))
}

function filesOf({ folder, manifest }: Package): readonly string[] {
  const foreign = folder.includes(`${sep}node_modules${sep}`)
  const { files } = manifest
  if (foreign || files === undefined || files.some((name) => name.includes('*'))) return walk(folder)
  const named = ['package.json', ...files].map((name) => join(folder, name)).filter((path) => existsSync(path))
  return named.flatMap((path) => (statSync(path).isDirectory() ? walk(path) : [path]))
}

function walk(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name.startsWith('.') || unneeded.test(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return walk(path)
    return entry.isFile() ? [path] : []
  })
}

function commonFolder(paths: readonly string[]): string {
  const [first = sep, ...rest] = paths
  return rest.reduce((common, path) => {
    let folder = common
    while (folder !== path && !path.startsWith(folder === sep ? sep : `${folder}${sep}`)) folder = dirname(folder)
    return folder
  }, first)
}

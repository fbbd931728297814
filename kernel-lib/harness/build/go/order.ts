import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Build, Dependency } from '../../../composition/packaging/packaging.ts'

/** A Go program to be built, nothing left to decide. */
export interface GoOrder {
  /** Folder of the module, absolute. */
  readonly folder: string
  /** The package in it: `.`, `./cmd/node`. */
  readonly pkg: string
  /** File in the folder that says which modules it takes: `go.mod`, or one that stands for it. */
  readonly modfile: string
  readonly tags: readonly string[]
  /** As `go mod edit -replace` takes them: `module=target@version`. */
  readonly replaced: readonly string[]
}

/**
 * What is to be built of the module in a folder, or why it cannot be, each as `where: what; what to write instead`.
 * Of a build's settings, `exec_pkg` is the package (default `.`) and `modfile` a file that stands for go.mod; a dependency's target that begins with `.` or `/` is a folder.
 */
export function goOrder(
  folder: string,
  { selectors, dependencies, config }: Build,
): { readonly order: GoOrder } | { readonly refused: readonly string[] } {
  const pkg = config.exec_pkg ?? '.'
  const modfile = config.modfile ?? 'go.mod'
  const refused = [
    ...refuseModfile(folder, modfile),
    ...(typeof pkg === 'string' && /^[^-]/.test(pkg)
      ? []
      : [`exec_pkg: is ${text(pkg)}; write a package, as "./cmd/node"`]),
    ...selectors
      .filter((tag) => !/^[\w.]+$/.test(tag))
      .map((tag) => `selectors: ${text(tag)} is no build tag; write letters, digits, "_" and "."`),
    ...(config.fresh_gomod === true
      ? ['fresh_gomod: versions are taken from go.mod; write that file, and fresh_gomod = false']
      : []),
  ]
  if (refused.length > 0) return { refused }
  const order = {
    folder,
    pkg: String(pkg),
    modfile: String(modfile),
    tags: [...selectors].sort(),
    replaced: dependencies.map(replacement).sort(),
  }
  return { order }
}

function refuseModfile(folder: string, modfile: unknown): readonly string[] {
  if (!existsSync(join(folder, 'go.mod'))) return ['go.mod: is not there; make it: go mod init NAME, then go mod tidy']
  if (typeof modfile !== 'string' || !/^[\w.-]+\.mod$/.test(modfile))
    return [`modfile: is ${text(modfile)}; write the name of a file of the plan that ends with .mod`]
  return existsSync(join(folder, modfile)) ? [] : [`modfile: ${modfile} is not there`]
}

function replacement({ module, target, version }: Dependency): string {
  const other = target ?? module
  return /^[./]/.test(other) ? `${module}=${other}` : `${module}=${other}@${version}`
}

const text = (value: unknown): string => JSON.stringify(value)

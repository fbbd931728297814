import type { Problem } from '../problems.ts'
import { type Reader, readTable } from '../reader.ts'

/** What a group is built of: Go build tags, and modules replaced. */
export interface Build {
  readonly selectors: readonly string[]
  /** By module: `module@version`, or `module=target@version`. */
  readonly dependencies: ReadonlyMap<string, string>
}

export const noBuild: Build = { selectors: [], dependencies: new Map() }

/** Reads `build` of a group or of `global`. */
export function readBuild(parent: Reader, problems: Problem[]): Build {
  const read = parent.inner('build')
  if (read === undefined) return noBuild
  const where = read.where('dependencies')
  const dependencies = (read.tables('dependencies') ?? []).flatMap((table, index): [string, string][] => {
    const one = readTable(table, { where: `${where}[${index}]`, problems })
    const [module, target, version] = [one.text('module'), one.text('target'), one.text('version')]
    if (module === undefined || version === undefined) {
      problems.push({ where: `${where}[${index}]`, what: 'write module = "…" and version = "…"' })
      return []
    }
    return [[module, `${module}${target === undefined ? '' : `=${target}`}@${version}`]]
  })
  return { selectors: read.texts('selectors') ?? [], dependencies: new Map(dependencies) }
}

/**
 * The version that a group asks for, as one name: its selectors, else the global ones; then its dependencies, which beat the
 * global ones module by module; joined by `+`, so that nothing that was asked for is lost. Empty where nothing was.
 */
export function versionName(group: Build, global: Build): string {
  const selectors = group.selectors.length > 0 ? group.selectors : global.selectors
  const dependencies = [...new Map([...global.dependencies, ...group.dependencies])].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )
  return [...selectors, ...dependencies.map(([, dependency]) => dependency)].join('+')
}

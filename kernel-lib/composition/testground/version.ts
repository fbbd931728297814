import { createHash } from 'node:crypto'
import type { Problem } from '../problems.ts'
import { type Reader, readTable } from '../reader.ts'
import { isTable } from '../toml.ts'

/** What a group is built of: Go build tags, modules replaced, and build settings. The builder is only packaging. */
export interface Build {
  readonly selectors: readonly string[]
  /** By module: `module@version`, or `module=target@version`. */
  readonly dependencies: ReadonlyMap<string, string>
  /** `path=./rust/`: in `global` these say how to build, in a group what. */
  readonly config: readonly string[]
}

export const noBuild: Build = { selectors: [], dependencies: new Map(), config: [] }

/** Reads `build`, `builder` and `build_config` of a group or of `global`. */
export function readBuild(parent: Reader, problems: Problem[]): Build {
  parent.text('builder')
  const settings = Object.entries(parent.table('build_config') ?? {})
  const config = settings.flatMap(([key, value]) => settingNames(key, value)).sort()
  const read = parent.inner('build')
  if (read === undefined) return { ...noBuild, config }
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
  return { selectors: read.texts('selectors') ?? [], dependencies: new Map(dependencies), config }
}

/** A setting as a name holds it: `key=value` where that is short and on one line, else the first 32 bits of its SHA-256. */
function settingNames(key: string, value: unknown): readonly string[] {
  if (isTable(value)) return Object.entries(value).flatMap(([inner, item]) => settingNames(`${key}.${inner}`, item))
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (/^[^\n]{0,60}$/.test(text)) return [`${key}=${text}`]
  return [`${key}=sha256:${createHash('sha256').update(text).digest('hex').slice(0, 8)}`]
}

/**
 * The version that a group asks for, as one name: its selectors, else the global ones; then its dependencies, which beat the
 * global ones module by module; then its own build settings; joined by `+`, so that nothing that tells groups
 * apart is lost. Empty where nothing does.
 */
export function versionName(group: Build, global: Build): string {
  const selectors = group.selectors.length > 0 ? group.selectors : global.selectors
  const dependencies = [...new Map([...global.dependencies, ...group.dependencies])].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )
  return [...selectors, ...dependencies.map(([, dependency]) => dependency), ...group.config].join('+')
}

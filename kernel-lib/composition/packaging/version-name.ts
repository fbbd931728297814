import { createHash } from 'node:crypto'
import { isTable } from '../toml.ts'
import { overBuild } from './build.ts'
import type { Build, Dependency, Settings } from './packaging.ts'

/**
 * The version that a group asks for by what it is built of, as one name: its selectors, else the global ones; then its dependencies,
 * which beat the global ones module by module; then its own build settings (in `global` these say how to build, in a group what);
 * joined by `+`, so that nothing that tells groups apart is lost. Empty where nothing does. The builder is only packaging.
 */
export function versionName(group: Build, global: Build): string {
  const { selectors, dependencies } = overBuild(group, global)
  const sorted = [...dependencies].sort((a, b) => (a.module < b.module ? -1 : 1))
  return [...selectors, ...sorted.map(dependencyName), ...configNames(group.config)].join('+')
}

/** `module@version`, or `module=target@version`. */
function dependencyName({ module, target, version }: Dependency): string {
  return `${module}${target === null ? '' : `=${target}`}@${version}`
}

function configNames(config: Settings): readonly string[] {
  return Object.entries(config)
    .flatMap(([key, value]) => settingNames(key, value))
    .sort()
}

/** A setting as a name holds it: `key=value` where that is short and on one line, else the first 32 bits of its SHA-256. */
function settingNames(key: string, value: unknown): readonly string[] {
  if (isTable(value)) return Object.entries(value).flatMap(([inner, item]) => settingNames(`${key}.${inner}`, item))
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (/^[^\n]{0,60}$/.test(text)) return [`${key}=${text}`]
  return [`${key}=sha256:${createHash('sha256').update(text).digest('hex').slice(0, 8)}`]
}

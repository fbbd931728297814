import type { Problem } from '../problems.ts'
import { type Reader, readTable } from '../reader.ts'
import type { Table } from '../toml.ts'
import { builderNames, unknownBuilder } from './builders.ts'
import type { Build, Dependency } from './packaging.ts'

export const noBuild: Build = { builder: null, selectors: [], dependencies: [], config: {} }

/** Reads `builder`; a problem where there is no such builder. */
export function readBuilder(read: Reader, problems: Problem[]): string | null {
  const name = read.text('builder') ?? null
  if (name === null || builderNames.includes(name)) return name
  problems.push({ where: read.where('builder'), ...unknownBuilder(name) })
  return null
}

/** Reads the selectors and dependencies of a table, those of `undefined` being none. */
export function readSources(read: Reader | undefined, problems: Problem[]): Pick<Build, 'selectors' | 'dependencies'> {
  if (read === undefined) return { selectors: [], dependencies: [] }
  const where = read.where('dependencies')
  const tables = read.tables('dependencies') ?? []
  return {
    selectors: read.texts('selectors') ?? [],
    dependencies: tables.flatMap((table, at) => readDependency(table, { where: `${where}[${at}]`, problems })),
  }
}

function readDependency(
  table: Table,
  { where, problems }: { where: string; problems: Problem[] },
): readonly Dependency[] {
  const one = readTable(table, { where, problems })
  const [module, target, version] = [one.text('module'), one.text('target'), one.text('version')]
  if (module !== undefined && version !== undefined) return [{ module, target: target ?? null, version }]
  problems.push({ where, what: 'write module = "…" and version = "…"' })
  return []
}

/** A build as the nearer place says it, and as the farther one does where the nearer is silent: dependencies by module, settings by name, selectors as a whole. */
export function overBuild(near: Build, far: Build): Build {
  const named = [...far.dependencies, ...near.dependencies].map((one) => [one.module, one] as const)
  return {
    builder: near.builder ?? far.builder,
    selectors: near.selectors.length > 0 ? near.selectors : far.selectors,
    dependencies: [...new Map(named).values()],
    config: { ...far.config, ...near.config },
  }
}

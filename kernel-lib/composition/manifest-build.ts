import { readBuilder, readSources } from './packaging/build.ts'
import type { Build, Settings } from './packaging/packaging.ts'
import type { Problem } from './problems.ts'
import { type Reader, readTable } from './reader.ts'
import { runnerName } from './runners.ts'
import { isTable } from './toml.ts'

/** What a manifest says of builds and runners. */
export interface ManifestBuilds {
  readonly versions: readonly string[]
  readonly builds: Readonly<Record<string, Build>>
  readonly builders: Readonly<Record<string, Settings>>
  readonly defaultBuilder: string | null
  readonly runners: Readonly<Record<string, Settings>>
  readonly extraSources: Readonly<Record<string, readonly string[]>>
}

/** Reads `versions` (a list of names, or a table `[versions."name"]` with `builder`, `selectors`, `dependencies` and `config`), `builders`, `defaults`, `runners` and `extra_sources`. */
export function readBuilds(read: Reader, problems: Problem[]): ManifestBuilds {
  const builds = readVersions(read, problems)
  const defaults = read.inner('defaults')
  return {
    versions: builds === null ? (read.texts('versions') ?? []) : Object.keys(builds),
    builds: builds ?? {},
    builders: tablesOf(read, 'builders'),
    defaultBuilder: defaults?.text('builder') ?? null,
    runners: Object.fromEntries(
      Object.entries(tablesOf(read, 'runners')).map(([name, settings]) => [runnerName(name) ?? name, settings]),
    ),
    extraSources: readExtraSources(read),
  }
}

/** Null where versions are a list, or none. */
function readVersions(read: Reader, problems: Problem[]): Readonly<Record<string, Build>> | null {
  const given = read.value('versions')
  if (!isTable(given)) return null
  const entries = Object.entries(given).map(([name, table]): [string, Build] => {
    const where = `${read.where('versions')}."${name}"`
    if (!isTable(table)) problems.push({ where, what: `is not a table; write [${where}] with selectors = ["tag"]` })
    const one = readTable(isTable(table) ? table : {}, { where, problems, kind: 'a version' })
    const build = {
      builder: readBuilder(one, problems),
      ...readSources(one, problems),
      config: one.table('config') ?? {},
    }
    problems.push(...one.unknown())
    return [name, build]
  })
  return Object.fromEntries(entries)
}

function tablesOf(read: Reader, key: string): Readonly<Record<string, Settings>> {
  return Object.fromEntries(
    Object.entries(read.table(key) ?? {}).map(([name, value]) => [name, isTable(value) ? value : {}]),
  )
}

/** Testground spells a builder's key `docker_go`, and once spelled it `docker:go`. */
function readExtraSources(read: Reader): ManifestBuilds['extraSources'] {
  const sources = read.inner('extra_sources')
  return Object.fromEntries(
    Object.keys(read.table('extra_sources') ?? {}).map((key) => [key.replace('_', ':'), sources?.texts(key) ?? []]),
  )
}

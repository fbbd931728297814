import type { CaseSpec, Manifest } from './manifest.ts'
import { readBuilds } from './manifest-build.ts'
import { readMetrics } from './manifest-metrics.ts'
import { readParam } from './manifest-param.ts'
import { readShapes } from './manifest-shapes.ts'
import { type Problem, refuseAny } from './problems.ts'
import { type Reader, readTable } from './reader.ts'
import { isTable, parseToml, type Table } from './toml.ts'

/** A manifest and what its reader passed over. */
export interface ManifestRead {
  readonly manifest: Manifest
  /** Unknown keys and oddities, one line each; nothing that keeps the plan from running. */
  readonly warnings: readonly string[]
}

interface Notes {
  readonly problems: Problem[]
  readonly warnings: Problem[]
}

/** Resident memory assumed of one instance where the manifest is silent, MB: a js-libp2p node in a process of its own. */
const defaultMemoryMb = 128

/**
 * Reads a plan's manifest: Testground's format, with our optional keys `about`, `program`, `identities`, `simulates` (default false), `shapes`, `versions`,
 * `records`, `metrics`, `instances_per_process` (default 1), `memory_mb` (default 128); in a case `about` and `roles`; in a parameter `about`
 * (Testground: `desc`), `min`, `max` and `values`.
 *
 * @param file Named in messages.
 * @throws InputError that lists everything wrong: malformed TOML, no name, no case, a default that its type or bounds refuse.
 */
export function readManifest(text: string, file: string): ManifestRead {
  const notes: Notes = { problems: [], warnings: [] }
  const read = readTable(parseToml(text, file), { where: '', problems: notes.problems })
  const manifest: Manifest = {
    name: read.text('name') ?? missing('name', 'write name = "the-plan"', notes),
    about: read.text('about') ?? read.text('desc') ?? '',
    cases: readCases(read, notes),
    ...readBuilds(read, notes.problems),
    records: read.texts('records') ?? [],
    metrics: readMetrics(read, notes.problems),
    program: read.text('program') ?? null,
    identities: read.text('identities') ?? null,
    simulates: read.flag('simulates') ?? false,
    shapes: readShapes(read, notes.problems),
    instancesPerProcess: read.number('instances_per_process', { min: 1, whole: true }) ?? 1,
    memoryMb: read.number('memory_mb', { min: 1 }) ?? defaultMemoryMb,
  }
  read.value('desc')
  notes.warnings.push(...read.unknown())
  refuseAny(file, notes.problems)
  return { manifest, warnings: notes.warnings.map(({ where, what }) => `${file}: ${where}: ${what}`) }
}

function missing(where: string, what: string, { problems }: Notes): string {
  if (!problems.some((problem) => problem.where === where)) problems.push({ where, what: `is missing; ${what}` })
  return ''
}

function readCases(read: Reader, notes: Notes): Readonly<Record<string, CaseSpec>> {
  const cases = (read.tables('testcases') ?? []).map((table, index) => readCase(table, `testcases[${index}]`, notes))
  if (cases.length === 0) missing('testcases', 'write [[testcases]] with name = "the-case"', notes)
  const names = cases.map((spec) => spec.name)
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index)))
    notes.problems.push({ where: 'testcases', what: `"${name}" stands more than once; give each case its own name` })
  return Object.fromEntries(cases.map((spec) => [spec.name, spec]))
}

function readCase(table: Table, place: string, notes: Notes): CaseSpec {
  const name = typeof table.name === 'string' ? table.name : ''
  const where = name === '' ? place : `case "${name}"`
  const read = readTable(table, { where, problems: notes.problems })
  const spec: CaseSpec = {
    name: read.text('name') ?? missing(read.where('name'), 'write name = "the-case"', notes),
    about: read.text('about') ?? read.text('desc') ?? '',
    instances: readInstances(read, notes),
    roles: read.texts('roles') ?? [],
    params: readParams(read, notes),
  }
  read.value('desc')
  notes.warnings.push(...read.unknown())
  return spec
}

function readInstances(read: Reader, notes: Notes): CaseSpec['instances'] {
  const where = read.where('instances')
  const bounds = readTable(read.table('instances') ?? {}, { where, problems: notes.problems })
  const min = bounds.number('min', { min: 0, whole: true })
  const max = bounds.number('max', { min: 1, whole: true })
  bounds.value('default')
  notes.warnings.push(...bounds.unknown())
  if (min === undefined || max === undefined)
    notes.warnings.push({ where, what: `${min === undefined ? 'min' : 'max'} is missing; read as unbounded` })
  if (min !== undefined && max !== undefined && min > max)
    notes.problems.push({ where, what: `min ${min} is above max ${max}` })
  return { min: min ?? 1, max: max ?? Number.MAX_SAFE_INTEGER }
}

function readParams(read: Reader, notes: Notes): CaseSpec['params'] {
  const tables = Object.entries(read.table('params') ?? {})
  return Object.fromEntries(
    tables.flatMap(([name, table]) => {
      const where = `${read.where('params')}.${name}`
      if (isTable(table)) return [[name, readParam(table, { where, ...notes })]]
      notes.problems.push({ where, what: 'is not a table; write { type = "int", about = "…", default = 1 }' })
      return []
    }),
  )
}

import { readBuilder, readSources } from '../packaging/build.ts'
import type { Build, Resources } from '../packaging/packaging.ts'
import { readResources } from '../packaging/resources.ts'
import type { Problem } from '../problems.ts'
import { isFolderName } from '../read-composition.ts'
import { type Reader, readTable } from '../reader.ts'
import type { Table } from '../toml.ts'
import { type GivenParams, readTestParams } from './params.ts'

/** How many instances a group has; 0 where it is not said. */
export interface Instances {
  readonly count: number
  /** A fraction of the run's total, whatever the key's name says. */
  readonly percentage: number
}

/** `[[groups]]`. */
export interface TestgroundGroup {
  readonly id: string
  readonly where: string
  readonly instances: Instances
  readonly build: Build
  readonly resources: Resources
  readonly params: GivenParams
}

/** `[[runs.groups]]`: a group of a run, over the group whose id it names. */
export interface RunGroup {
  readonly id: string
  readonly groupId: string
  readonly where: string
  readonly instances: Instances
  readonly resources: Resources
  readonly params: GivenParams
}

/** What is found beside the values. */
export interface Notes {
  readonly problems: Problem[]
  readonly warnings: Problem[]
}

/** Reads `[[groups]]`. */
export function readGroup(table: Table, index: number, notes: Notes): TestgroundGroup {
  const { read, id, where } = open(table, `groups[${index}]`, notes)
  const run = read.inner('run')
  const group = {
    id,
    where,
    instances: readInstances(read),
    build: readBuild(read, notes.problems),
    resources: readResources(read, notes.problems),
    params: readTestParams(run, notes.problems),
  }
  passOver(read, [], notes)
  if (run !== undefined) passOver(run, ['artifact', 'profiles'], notes)
  return group
}

/** Reads `[[runs.groups]]`. */
export function readRunGroup(table: Table, place: string, notes: Notes): RunGroup {
  const { read, id, where } = open(table, place, notes)
  const group = {
    id,
    groupId: read.text('group_id') ?? id,
    where,
    instances: readInstances(read),
    resources: readResources(read, notes.problems),
    params: readTestParams(read, notes.problems),
  }
  passOver(read, ['profiles'], notes)
  return group
}

function open(table: Table, place: string, { problems }: Notes): { read: Reader; id: string; where: string } {
  const run = place.includes(' ') ? place.slice(0, place.lastIndexOf(' ') + 1) : ''
  const where = typeof table.id === 'string' ? `${run}group "${table.id}"` : place
  const read = readTable(table, { where, problems, kind: 'a group' })
  const id = read.text('id')
  if (id === undefined && table.id === undefined) problems.push({ where, what: 'id is missing; write id = "nodes"' })
  if (id !== undefined && !isFolderName(id))
    problems.push({ where: read.where('id'), what: 'names a folder; write letters, digits, "_", "-" and "."' })
  return { read, id: id ?? '', where }
}

/** Reads `builder`, `build_config` and `build` of a group or of `global`. */
export function readBuild(read: Reader, problems: Problem[]): Build {
  const builder = readBuilder(read, problems)
  const config = read.table('build_config') ?? {}
  return { builder, config, ...readSources(read.inner('build'), problems) }
}

function readInstances(read: Reader): Instances {
  const instances = read.inner('instances')
  return {
    count: instances?.number('count', { min: 0, whole: true }) ?? 0,
    percentage: instances?.number('percentage', { min: 0, max: 1 }) ?? 0,
  }
}

/** Warns of keys that Testground knows and that do nothing here, and of those that neither knows. */
export function passOver(read: Reader, known: readonly string[], { warnings }: Notes): void {
  for (const key of known)
    if (read.value(key) !== undefined) warnings.push({ where: read.where(key), what: 'is not used here' })
  warnings.push(...read.unknown())
}

import type { Draft, GroupDraft, RunDraft } from '../draft.ts'
import { noBuild } from '../packaging/build.ts'
import type { Build, Settings } from '../packaging/packaging.ts'
import { noResources, overResources } from '../packaging/resources.ts'
import { unknownName } from '../problems.ts'
import { type Reader, readTable } from '../reader.ts'
import { runnerName, unknownRunner } from '../runners.ts'
import type { Table } from '../toml.ts'
import { plainTopology, plainWorld } from '../world/plain.ts'
import {
  type Notes,
  passOver,
  type RunGroup,
  readBuild,
  readGroup,
  readRunGroup,
  type TestgroundGroup,
} from './groups.ts'
import { firstGiven, type GivenParams, readTestParams } from './params.ts'

interface Global {
  readonly total: number
  readonly build: Build
  readonly params: GivenParams
}

interface Inherited {
  readonly global: Global
  readonly groups: readonly TestgroundGroup[]
}

/**
 * Reads a composition of Testground's: every run with its groups, what is said higher up trickled down. Keys that Testground
 * knows are accepted, others a warning.
 *
 * @param text The TOML, its template expanded.
 */
export function readTestground(table: Table, { file, text }: { file: string; text: string }): Draft {
  const notes: Notes = { problems: [], warnings: [] }
  const read = readTable(table, { where: '', problems: notes.problems })
  read.value('metadata')
  const top = read.inner('global') ?? readTable({}, { where: 'global', problems: notes.problems })
  const names = { plan: need(top, 'plan', notes), case: need(top, 'case', notes), runner: readRunner(top, notes) }
  const inherited = { global: readGlobal(top, notes), groups: readGroups(read, notes) }
  const runs = readRuns(read, inherited, notes)
  const timeoutMs = readTimeout(top)
  const settings: Settings = top.table('run_config') ?? {}
  passOver(top, [], notes)
  notes.warnings.push(...read.unknown())
  return {
    file,
    ...names,
    seed: 1,
    repetitions: 1,
    timeoutMs,
    network: null,
    topology: plainTopology,
    start: null,
    build: inherited.global.build,
    settings: { [names.runner]: settings },
    runs,
    source: () => text,
    problems: notes.problems,
    warnings: notes.warnings.map(({ where, what }) => `${file}: ${where}: ${what}`),
  }
}

function need(top: Reader, key: string, { problems }: Notes): string {
  if (top.value(key) === undefined) problems.push({ where: top.where(key), what: `is missing; write ${key} = "…"` })
  return top.text(key) ?? ''
}

function readRunner(top: Reader, { problems }: Notes): string {
  const given = top.text('runner') ?? 'local:exec'
  const name = runnerName(given)
  if (name === null) problems.push({ where: top.where('runner'), what: unknownRunner(given) })
  return name ?? 'exec'
}

function readGlobal(top: Reader, notes: Notes): Global {
  const run = top.inner('run')
  for (const key of ['concurrent_builds', 'disable_metrics']) top.value(key)
  const global = {
    total: top.number('total_instances', { min: 0, whole: true }) ?? 0,
    build: readBuild(top, notes.problems),
    params: readTestParams(run, notes.problems),
  }
  if (run !== undefined) passOver(run, ['artifact', 'profiles'], notes)
  return global
}

/** `run_timeout_min` of the k8s runner. */
function readTimeout(top: Reader): number | null {
  const minutes = top.inner('run_config')?.number('run_timeout_min', { min: 0 })
  return minutes === undefined || minutes === 0 ? null : minutes * 60_000
}

function readGroups(read: Reader, notes: Notes): readonly TestgroundGroup[] {
  const groups = (read.tables('groups') ?? []).map((table, index) => readGroup(table, index, notes))
  if (groups.length === 0)
    notes.problems.push({ where: 'groups', what: 'there is none; write [[groups]] with id = "nodes"' })
  refuseRepeated(groups, 'group', notes)
  return groups
}

function refuseRepeated(items: readonly { readonly id: string }[], kind: string, { problems }: Notes): void {
  const ids = items.map((item) => item.id)
  for (const id of new Set(ids.filter((id, index) => id !== '' && ids.indexOf(id) !== index)))
    problems.push({ where: `${kind} "${id}"`, what: `stands more than once; give each ${kind} an id of its own` })
}

/** The runs by sorted id, as they are run; where there is none, one of all groups. */
function readRuns(read: Reader, inherited: Inherited, notes: Notes): readonly RunDraft[] {
  const tables = read.tables('runs') ?? []
  if (tables.length === 0) {
    const all = inherited.groups.map(({ id, where }) => ({ ...nothingSaid, id, groupId: id, where }))
    return [runDraft({ where: '', total: inherited.global.total, params: new Map(), groups: all }, inherited, notes)]
  }
  const runs = tables.map((table, index) => readRun(table, index, notes))
  refuseRepeated(runs, 'run', notes)
  return [...runs].sort((a, b) => (a.id < b.id ? -1 : 1)).map((run) => runDraft(run, inherited, notes))
}

const nothingSaid = { instances: { count: 0, percentage: 0 }, resources: noResources, params: new Map() } as const

interface Run {
  readonly where: string
  readonly total: number
  readonly params: GivenParams
  readonly groups: readonly RunGroup[]
}

function readRun(table: Table, index: number, notes: Notes): Run & { readonly id: string } {
  const where = typeof table.id === 'string' ? `run "${table.id}"` : `runs[${index}]`
  const read = readTable(table, { where, problems: notes.problems })
  if (table.id === undefined) notes.problems.push({ where, what: 'id is missing; write id = "first"' })
  const groups = read.tables('groups') ?? []
  if (groups.length === 0) notes.problems.push({ where, what: 'has no groups; write [[runs.groups]] with id = "…"' })
  const run = {
    id: read.text('id') ?? '',
    where: `${where} `,
    total: read.number('total_instances', { min: 0, whole: true }) ?? 0,
    params: readTestParams(read, notes.problems),
    groups: groups.map((group, position) => readRunGroup(group, `${where} groups[${position}]`, notes)),
  }
  refuseRepeated(run.groups, `${where} group`, notes)
  notes.warnings.push(...read.unknown())
  return run
}

function runDraft(run: Run, inherited: Inherited, notes: Notes): RunDraft {
  return {
    where: run.where,
    total: run.total === 0 ? null : run.total,
    rounding: 'each',
    groups: run.groups.map((group) => groupDraft(group, run, { ...inherited, notes })),
  }
}

function groupDraft(group: RunGroup, run: Run, { global, groups, notes }: Inherited & { notes: Notes }): GroupDraft {
  const over = groups.find(({ id }) => id === group.groupId)
  if (over === undefined) {
    const names = groups.map(({ id }) => id)
    notes.problems.push({
      where: group.where,
      ...unknownName(`group_id "${group.groupId}"`, group.groupId, { names, of: 'groups' }),
    })
  }
  const count = group.instances.count || over?.instances.count || 0
  const share = group.instances.percentage || over?.instances.percentage || 0
  return {
    id: group.id,
    where: group.where,
    count: count > 0 || share === 0 ? count : null,
    share: count > 0 || share === 0 ? null : share,
    program: true,
    role: '',
    version: '',
    build: over?.build ?? noBuild,
    resources: overResources(group.resources, over?.resources ?? noResources),
    params: firstGiven(group.params, run.params, over?.params ?? new Map(), global.params),
    ...plainWorld,
  }
}

import { stringify } from 'smol-toml'
import type { Composition } from './composition.ts'
import type { Draft, GroupDraft, RunDraft } from './draft.ts'
import { readBuild, readSettings } from './packaging/read-packaging.ts'
import { readResources } from './packaging/resources.ts'
import type { Given } from './params.ts'
import type { Problem } from './problems.ts'
import { readNetwork } from './read-network.ts'
import { type Reader, readTable } from './reader.ts'
import { runnerName, unknownRunner } from './runners.ts'
import { checkPopulation } from './start/check-population.ts'
import { readStart } from './start/read-start.ts'
import { isTable, type Table } from './toml.ts'
import { fillFiles } from './world/fill-files.ts'
import type { Resource } from './world/filling.ts'
import { readWorld, type WorldOptions } from './world/read-world.ts'

interface Source {
  readonly file: string
  /** The composition as TOML. */
  readonly source: () => string
  /** How a key named in snake_case is spelled in it. Default: as it is. */
  readonly spell?: (key: string) => string
}

const camel = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/**
 * Reads a composition given as an object.
 *
 * @param resource Reads the files that it names. Default: there is none.
 * @throws InputError for files that cannot be read; all else that is wrong stands in the draft's problems.
 */
export function readObject(composition: Composition, resource: Resource = noResource): Draft {
  const file = 'composition'
  const { table, remark } = fillFiles(composition as unknown as Table, { file, resource, spell: camel })
  return readOurs(table, { file, source: () => `${remark}${stringify(snake(table))}`, spell: camel })
}

function noResource(): string {
  throw new Error('there are no files here')
}

/** Reads a composition of ours: every key checked by itself, the sums and the manifest's rules not yet. Unknown keys are problems. */
export function readOurs(table: Table, { file, source, spell }: Source): Draft {
  const problems: Problem[] = []
  const read = readTable(table, {
    where: '',
    kind: 'a composition',
    problems,
    ...(spell === undefined ? {} : { spell }),
  })
  const head = readHead(read, problems)
  const net = readNetwork(read, { ids: idsOf(table.groups), problems })
  const start = readStart(read, problems)
  const draft = {
    file,
    ...head,
    ...net,
    start,
    build: readBuild(read, problems),
    settings: readSettings(read, problems),
    runs: [readRun(read, { regions: net.topology.regions?.names ?? null, problems })],
    warnings: [],
  }
  problems.push(...read.unknown(), ...draft.runs.flatMap(({ groups }) => checkPopulation(groups, start)))
  return { ...draft, source, problems }
}

function readHead(read: Reader, problems: Problem[]) {
  return {
    plan: read.text('plan') ?? need(read, 'plan', { what: 'write plan = "dht"', problems }),
    case: read.text('case') ?? need(read, 'case', { what: 'write case = "find-peers"', problems }),
    runner: readRunner(read, problems),
    seed: read.number('seed', { min: 0, whole: true }) ?? 1,
    repetitions: read.number('repetitions', { min: 1, whole: true }) ?? 1,
    timeoutMs: milliseconds(read.number('timeout_secs', { min: 1 })),
  }
}

function readRun(read: Reader, options: WorldOptions): RunDraft {
  return {
    where: '',
    total: read.number('total', { min: 1, whole: true }) ?? null,
    rounding: 'remainder',
    groups: readGroups(read, { params: readParams(read), ...options }),
  }
}

function need(read: Reader, key: string, { what, problems }: { what: string; problems: Problem[] }): string {
  if (read.value(key) === undefined) problems.push({ where: read.where(key), what: `is missing; ${what}` })
  return ''
}

const milliseconds = (seconds: number | undefined): number | null => (seconds === undefined ? null : seconds * 1000)

function readRunner(read: Reader, problems: Problem[]): string | null {
  const given = read.text('runner')
  if (given === undefined) return null
  const name = runnerName(given)
  if (name === null) problems.push({ where: read.where('runner'), what: unknownRunner(given) })
  return name
}

/** Ids of groups, told before these are read. */
function idsOf(groups: unknown): readonly string[] {
  const tables: readonly unknown[] = Array.isArray(groups) ? groups : []
  return tables.flatMap((table) => (isTable(table) && typeof table.id === 'string' ? [table.id] : []))
}

function readParams(read: Reader): ReadonlyMap<string, Given> {
  const where = read.where('params')
  return new Map(
    Object.entries(read.table('params') ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, { value, text: false, where: `${where}.${name}` }]),
  )
}

interface Shared extends WorldOptions {
  readonly params: ReadonlyMap<string, Given>
}

function readGroups(read: Reader, shared: Shared): readonly GroupDraft[] {
  const { problems } = shared
  const given = read.value('groups')
  if (given === undefined || (Array.isArray(given) && given.length === 0))
    problems.push({ where: 'groups', what: 'there is none; write [[groups]] with id = "nodes" and count = 40' })
  const groups = read
    .inners('groups', { kind: 'a group', place: placeOf })
    .map((group, index) => readGroup(group, index, shared))
  const ids = groups.map((group) => group.id)
  for (const id of new Set(ids.filter((id, index) => id !== '' && ids.indexOf(id) !== index)))
    problems.push({ where: `group "${id}"`, what: 'stands more than once; give each group an id of its own' })
  return groups
}

const placeOf = ({ id }: Table, index: number): string =>
  typeof id === 'string' ? `group "${id}"` : `groups[${index}]`

function readGroup(read: Reader, index: number, { params, regions, problems }: Shared): GroupDraft {
  const where = placeOf({ id: read.value('id') }, index)
  const id = read.text('id') ?? need(read, 'id', { what: 'write id = "nodes"', problems })
  if (id !== '' && !isFolderName(id))
    problems.push({ where: read.where('id'), what: 'names a folder; write letters, digits, "_", "-" and "."' })
  const group = {
    id,
    where,
    count: read.number('count', { min: 1, whole: true }) ?? null,
    share: read.number('share', { min: 0, max: 1 }) ?? null,
    program: read.flag('program') ?? true,
    role: read.text('role') ?? '',
    version: read.text('version') ?? '',
    build: readBuild(read, problems),
    resources: readResources(read, problems),
    params: new Map([...params, ...readParams(read)]),
    ...readWorld(read, { regions, problems }),
  }
  const [counted, shared] = [read.value('count') !== undefined, read.value('share') !== undefined]
  if (counted === shared)
    problems.push({
      where,
      what: `has ${counted ? 'both count and share' : 'neither count nor share'}; write one of them`,
    })
  problems.push(...read.unknown())
  return group
}

/** Whether an id may name a folder: letters, digits, `_`, `-` and `.`, beginning with a letter or digit. */
export function isFolderName(id: string): boolean {
  return /^[A-Za-z0-9][\w.-]*$/.test(id)
}

/** Tables whose keys are ours; those of others, as parameters, keep their names. */
const spelled = new Set([
  ...['network', 'regions', 'partitions', 'outages', 'docker', 'start'],
  ...['groups', 'reach', 'life', 'clock'],
])

/** The object in the names of our TOML; parameters keep theirs. */
function snake(table: Table): Record<string, unknown> {
  const name = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const inner = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inner)
    return isTable(value) ? snake(value) : value
  }
  return Object.fromEntries(
    Object.entries(table)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [name(key), spelled.has(key) ? inner(value) : value]),
  )
}

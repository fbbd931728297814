import { stringify } from 'smol-toml'
import type { Composition } from './composition.ts'
import type { Draft, GroupDraft } from './draft.ts'
import { readBuild, readSettings } from './packaging/read-packaging.ts'
import { readResources } from './packaging/resources.ts'
import type { Given } from './params.ts'
import type { Problem } from './problems.ts'
import { readNetwork } from './read-network.ts'
import { type Reader, readTable } from './reader.ts'
import { runnerName, unknownRunner } from './runners.ts'
import type { Table } from './toml.ts'

interface Source {
  readonly file: string
  /** The TOML text; null for an object, of which it is made. */
  readonly text: string | null
}

const camel = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Reads a composition given as an object. */
export function readObject(composition: Composition): Draft {
  return readOurs(composition as unknown as Table, { file: 'composition', text: null })
}

/** Reads a composition of ours: every key checked by itself, the sums and the manifest's rules not yet. Unknown keys are problems. */
export function readOurs(table: Table, { file, text }: Source): Draft {
  const problems: Problem[] = []
  const read = readTable(table, {
    where: '',
    kind: 'a composition',
    problems,
    ...(text === null ? { spell: camel } : {}),
  })
  const draft = {
    file,
    plan: read.text('plan') ?? need(read, 'plan', { what: 'write plan = "dht"', problems }),
    case: read.text('case') ?? need(read, 'case', { what: 'write case = "find-peers"', problems }),
    runner: readRunner(read, problems),
    seed: read.number('seed', { min: 0, whole: true }) ?? 1,
    repetitions: read.number('repetitions', { min: 1, whole: true }) ?? 1,
    timeoutMs: milliseconds(read.number('timeout_secs', { min: 1 })),
    network: readNetwork(read, problems),
    build: readBuild(read, problems),
    settings: readSettings(read, problems),
    runs: [
      {
        where: '',
        total: read.number('total', { min: 1, whole: true }) ?? null,
        rounding: 'remainder' as const,
        groups: readGroups(read, { params: readParams(read), problems }),
      },
    ],
    warnings: [],
  }
  problems.push(...read.unknown())
  return { ...draft, source: () => text ?? stringify(snake(table)), problems }
}

function need(read: Reader, key: string, { what, problems }: { what: string; problems: Problem[] }): string {
  if (read.value(key) === undefined) problems.push({ where: read.where(key), what: `is missing; ${what}` })
  return ''
}

const milliseconds = (seconds: number | undefined): number | null => (seconds === undefined ? null : seconds * 1000)

function readRunner(read: Reader, problems: Problem[]): string {
  const given = read.text('runner') ?? 'exec'
  const name = runnerName(given)
  if (name === null) problems.push({ where: read.where('runner'), what: unknownRunner(given) })
  return name ?? 'exec'
}

function readParams(read: Reader): ReadonlyMap<string, Given> {
  const where = read.where('params')
  return new Map(
    Object.entries(read.table('params') ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, { value, text: false, where: `${where}.${name}` }]),
  )
}

interface Shared {
  readonly params: ReadonlyMap<string, Given>
  readonly problems: Problem[]
}

function readGroups(read: Reader, { params, problems }: Shared): readonly GroupDraft[] {
  const found = read.tables('groups')
  if (found?.length === 0 || read.value('groups') === undefined)
    problems.push({ where: 'groups', what: 'there is none; write [[groups]] with id = "nodes" and count = 40' })
  const groups = (found ?? []).map((table, index) => readGroup(table, index, { params, problems }))
  const ids = groups.map((group) => group.id)
  for (const id of new Set(ids.filter((id, index) => id !== '' && ids.indexOf(id) !== index)))
    problems.push({ where: `group "${id}"`, what: 'stands more than once; give each group an id of its own' })
  return groups
}

function readGroup(table: Table, index: number, { params, problems }: Shared): GroupDraft {
  const where = typeof table.id === 'string' ? `group "${table.id}"` : `groups[${index}]`
  const read = readTable(table, { where, problems, kind: 'a group' })
  const id = read.text('id') ?? need(read, 'id', { what: 'write id = "nodes"', problems })
  if (id !== '' && !isFolderName(id))
    problems.push({ where: read.where('id'), what: 'names a folder; write letters, digits, "_", "-" and "."' })
  const group = {
    id,
    where,
    count: read.number('count', { min: 1, whole: true }) ?? null,
    share: read.number('share', { min: 0, max: 1 }) ?? null,
    role: read.text('role') ?? '',
    version: read.text('version') ?? '',
    build: readBuild(read, problems),
    resources: readResources(read, problems),
    params: new Map([...params, ...readParams(read)]),
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

/** The object in the names of our TOML; parameters keep theirs. */
function snake(table: Table): Record<string, unknown> {
  const name = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return Object.fromEntries(
    Object.entries(table)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [name(key), key === 'network' || key === 'docker' ? snake(value as Table) : value]),
  )
}

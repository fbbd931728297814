import {
  diagnosticsRecord,
  lookupRecord,
  nearestRecord,
  nodeRecord,
  queryRecord,
  type RecordSchema,
  surroundingsRecord,
  tableRecord,
} from '@hoplab/sdk'
import { type ColumnTable, table } from 'arquero'
import { InputError } from '../errors.ts'
import type { LineOptions } from '../run/lines.ts'
import type { Artifact, InstanceRecord, RunRecord } from '../run/record.ts'
import { runsFolderOf } from '../run/runs-folder.ts'
import { type GrowingTable, growingTable, type Intern, interning, type Origin } from './columns.ts'
import { located } from './located.ts'
import { readRecords } from './read-instance.ts'
import type { RecordedRun } from './read-record.ts'
import type { Damage, RunData } from './run-data.ts'
import { ownSchemas } from './schemas.ts'
import { snapshotSchema } from './snapshots.ts'
import { type Wish, wishOf } from './wish.ts'

export interface LoadOptions {
  /** Folder that holds the runs' folders. Default: as `runsFolderOf` tells. */
  readonly runsFolder?: string
  /** Longest line that is read. Bytes; 4 MiB unless given. A longer one is damage. */
  readonly lineLimitBytes?: number
  /**
   * Where runs come from that are not in `runsFolder`: a folder or `s3://bucket/prefix?endpoint=…`. What is needed of them is kept in hoplab's cache.
   * Default: HOPLAB_STORE of the environment, else none.
   */
  readonly store?: string
  /** Tables that are wanted, by the names that `RunData.table` takes; files of others are neither read nor brought. Default: all. */
  readonly tables?: readonly string[]
  readonly signal?: AbortSignal
}

type Run = string | RunRecord

const shared = [
  nodeRecord,
  nearestRecord,
  lookupRecord,
  queryRecord,
  surroundingsRecord,
  tableRecord,
  diagnosticsRecord,
]
const instanceColumns: RecordSchema['columns'] = {
  seq: { type: 'integer', about: 'Position among all instances of the run, from 1.' },
  outcome: { type: 'string', about: 'How the instance ended.' },
  reason: { type: 'string', about: 'Why it was judged so.' },
}
const entryColumns: RecordSchema['columns'] = {
  snapshot: { type: 'string', about: 'Named moment.' },
  ts_ms: { type: 'number', unit: 'ms', about: 'When, since the Unix epoch.' },
  peer: { type: 'string', about: 'Owner of the table.' },
  entry: { type: 'string', about: 'Peer id in the table.' },
  cpl: { type: 'integer', unit: 'bits', about: 'Bits that the keys of owner and entry share.' },
}
const lookupColumns: RecordSchema['columns'] = {
  ...lookupRecord.columns,
  nearest: {
    type: 'strings?',
    about: 'The k servers truly nearest to the target, where the nodes themselves do not tell; else null.',
  },
}
const queryColumns: RecordSchema['columns'] = {
  ...queryRecord.columns,
  phase: { type: 'string?', about: 'Phase of the lookup.' },
  lookup_row: { type: 'integer', about: 'Row of the lookup, −1 where it never ended.' },
}

/**
 * Reads runs into Arquero tables, from their records and the artifacts these list and nothing else.
 * What is cut, invalid, too long, altered or absent is told in `damage`, and the rest is read all the same.
 *
 * @param runs A run id or its beginning, the path of a run's folder, a record, or several of them; rows of several are concatenated in their order.
 * @throws InputError when a run is not there, is given twice, or its record is not one.
 */
export async function load(runs: Run | readonly Run[], options: LoadOptions = {}): Promise<RunData> {
  const { runsFolder = runsFolderOf(), lineLimitBytes: limitBytes = 4 << 20, signal } = options
  const given: readonly Run[] = typeof runs === 'string' || !Array.isArray(runs) ? [runs as Run] : runs
  const { store = process.env.HOPLAB_STORE || null } = options
  const wish = wishOf(options.tables)
  const recorded: RecordedRun[] = []
  for (const run of given) recorded.push(await located(run, { runsFolder, store, wish, signal }))
  refuseTwice(recorded)
  const tables = emptyTables()
  const damage: Damage[] = []
  for (const run of recorded) damage.push(...(await readRun(run, tables, { limitBytes, signal, wish })))
  return finished(recorded, { tables, damage, wish })
}

function refuseTwice(recorded: readonly RecordedRun[]): void {
  const ids = recorded.map(({ record }) => record.run)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  if (twice.length > 0) throw new InputError(`run ${[...new Set(twice)].join(', ')}: given twice; each run counts once`)
  const archives = new Map<string, string>()
  for (const { record } of recorded) {
    if (record.imported === null) continue
    const other = archives.get(record.imported.sha256)
    if (other !== undefined)
      throw new InputError(`runs ${other} and ${record.run}: imported from the same archive; load one of them`)
    archives.set(record.imported.sha256, record.run)
  }
}

/** Tables that grow while files are read. */
interface Tables {
  readonly intern: Intern
  readonly instances: GrowingTable
  readonly entries: GrowingTable
  /** By the name of the record kind. */
  readonly kinds: Map<string, GrowingTable>
}

function emptyTables(): Tables {
  const intern = interning()
  const joined: Readonly<Record<string, RecordSchema['columns']>> = {
    [queryRecord.name]: queryColumns,
    [lookupRecord.name]: lookupColumns,
    [tableRecord.name]: snapshotSchema.columns,
  }
  const columns = ({ name, columns: own }: RecordSchema) => joined[name] ?? own
  return {
    intern,
    instances: growingTable(instanceColumns, intern),
    entries: growingTable(entryColumns, intern),
    kinds: new Map(shared.map((schema) => [schema.name, growingTable(columns(schema), intern)])),
  }
}

async function readRun(
  { record, folder }: RecordedRun,
  tables: Tables,
  options: LineOptions & { readonly wish: Wish },
): Promise<Damage[]> {
  const own = await ownSchemas(folder)
  for (const schema of own)
    if (!tables.kinds.has(schema.name)) tables.kinds.set(schema.name, growingTable(schema.columns, tables.intern))
  const artifacts = new Map(record.artifacts.map((artifact) => [artifact.path, artifact]))
  const damage: Damage[] = []
  for (const instance of record.instances) {
    const origin = { run: record.run, group: instance.group, instance: instance.index, seed: record.spec.seed }
    tables.instances.add(origin, { seq: instance.seq, outcome: instance.outcome, reason: instance.reason })
    const take = taker(tables, origin)
    for (const schema of [...shared, ...own].filter(({ name }) => options.wish.reads(name))) {
      const artifact = artifacts.get(pathOf(instance, schema))
      if (artifact === undefined) damage.push(...absence(record, instance, { schema, artifacts }))
      else damage.push(...(await readRecords({ run: record.run, folder, artifact, schema }, take(schema), options)))
    }
  }
  return damage
}

function pathOf({ group, index }: InstanceRecord, schema: RecordSchema): string {
  if (/[/\\]|^\.*$/.test(group) || !Number.isSafeInteger(index))
    throw new InputError(`record.json: instance ${group}/${index} is no name of a folder`)
  return `${group}/${index}/${schema.file}`
}

/** An instance without a file that others of its group have lost it, or never came to write it. */
function absence(
  record: RunRecord,
  instance: InstanceRecord,
  { schema, artifacts }: { schema: RecordSchema; artifacts: ReadonlyMap<string, Artifact> },
): Damage[] {
  const others = record.instances.some(
    (other) => other.group === instance.group && artifacts.has(pathOf(other, schema)),
  )
  const at = { run: record.run, path: pathOf(instance, schema), table: schema.name, line: null, rows: null }
  return others ? [{ ...at, problem: `absent: the instance left no such file, others of its group did` }] : []
}

type Row = Readonly<Record<string, unknown>>

/** What is done with the rows of one instance, by kind. Lookups are read before query events, which point at them, and after the peers truly nearest, which join them; routing tables after what their owners could not know of them. */
function taker(tables: Tables, origin: Origin): (schema: RecordSchema) => (row: Row) => void {
  const lookups = new Map<unknown, { readonly at: number; readonly phase: unknown }>()
  const nearest = new Map<unknown, unknown>()
  const surroundings = new Map<unknown, Row>()
  return ({ name }) => {
    const rows = tables.kinds.get(name) as GrowingTable
    if (name === nearestRecord.name)
      return (row) => {
        nearest.set(row.lookup, row.nearest)
        rows.add(origin, row)
      }
    if (name === lookupRecord.name)
      return (row) => {
        lookups.set(row.lookup, { at: rows.size(), phase: row.phase })
        rows.add(origin, { ...row, nearest: nearest.get(row.lookup) ?? null })
      }
    if (name === queryRecord.name)
      return (row) => {
        const lookup = lookups.get(row.lookup)
        rows.add(origin, { ...row, phase: lookup?.phase ?? null, lookup_row: lookup?.at ?? -1 })
      }
    if (name === surroundingsRecord.name)
      return (row) => {
        surroundings.set(row.snapshot, row)
        rows.add(origin, row)
      }
    if (name === tableRecord.name)
      return (row) => {
        rows.add(origin, { ...unknown, ...surroundings.get(row.snapshot), ...row })
        for (const [cpl, bucket] of (row.buckets as readonly (readonly string[])[]).entries())
          for (const entry of bucket) tables.entries.add(origin, { ...row, entry, cpl })
      }
    return (row) => rows.add(origin, row)
  }
}

/** Of a routing table of which its owner alone told. */
const unknown = { nearest: null, gone: null, undialable: null, client: null }

/** Damage as a table, for export. */
function damageTable(damage: readonly Damage[]): ColumnTable {
  const column = (name: keyof Damage) => [name, damage.map((one) => one[name])] as const
  return table(Object.fromEntries((['run', 'path', 'table', 'line', 'rows', 'problem'] as const).map(column)))
}

function finished(
  recorded: readonly RecordedRun[],
  { tables, damage, wish }: { readonly tables: Tables; readonly damage: readonly Damage[]; readonly wish: Wish },
): RunData {
  const all = new Map<string, ColumnTable>([
    ['instances', tables.instances.finish()],
    ['entries', tables.entries.finish()],
    ...[...tables.kinds].map(([name, rows]) => [name, rows.finish()] as const),
    ['damage', damageTable(damage)],
  ])
  const names = [...all.keys()]
  wish.refuseUnknown(names)
  const named = (name: string): ColumnTable => {
    const found = all.get(name)
    if (found === undefined)
      throw new InputError(`table ${name}: there is none of that name; there are ${names.join(', ')}`)
    wish.demand(name)
    return found
  }
  return {
    records: recorded.map(({ record }) => record),
    instances: named('instances'),
    get nodes() {
      return named(nodeRecord.name)
    },
    get lookups() {
      return named(lookupRecord.name)
    },
    get queryEvents() {
      return named(queryRecord.name)
    },
    get entries() {
      return named('entries')
    },
    get snapshots() {
      return named(tableRecord.name)
    },
    damage,
    table: named,
    names,
  }
}

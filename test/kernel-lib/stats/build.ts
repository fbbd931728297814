import { table } from 'arquero'
import type { RunRecord } from '../../../kernel-lib/run/record.ts'
import type { RunData } from '../../../kernel-lib/tables/run-data.ts'
import { snapshotSchema } from '../../../kernel-lib/tables/snapshots.ts'
import { lookupRecord, nodeRecord, queryRecord, type RecordSchema } from '../../../plans/sdk/index.ts'

type Given = Readonly<Record<string, unknown>>

/** Hand-made tables: rows give what matters, the rest is filled in. */
export interface GivenTables {
  /** Keys of the record's spec. */
  readonly spec?: Given
  readonly nodes?: readonly Given[]
  readonly lookups?: readonly Given[]
  readonly events?: readonly Given[]
  readonly snapshots?: readonly Given[]
  /** Outcome by instance of group `all`, run `r1`. */
  readonly outcomes?: readonly string[]
  readonly case?: string
  readonly damage?: readonly Given[]
  /** Files that the record lists. */
  readonly files?: readonly string[]
}

const origin = { run: 'r1', group: 'all', instance: 0, seed: 1 }
const lookup = {
  lookup: 'a',
  phase: 'measured',
  kind: 'find-peer',
  target: '0'.repeat(64),
  target_peer: null,
  start_ms: 0,
  end_ms: 100,
  status: 'ok',
  error: null,
  termination: 'stopped',
  connected: null,
  k: 20,
  seeds: [],
  closest: [],
  found: 1,
  expected: null,
  stored: null,
  first_result_ms: null,
  found_from: null,
}
const event = {
  ts_ms: 0,
  lookup: 'a',
  event: 'sent',
  path: 0,
  peer: null,
  closer: null,
  providers: null,
  cause: null,
  phase: 'measured',
  lookup_row: 0,
}
const node = {
  ts_ms: 0,
  peer: 'p',
  key: '0'.repeat(64),
  role: 'server',
  dialable: true,
  bootstrapper: false,
  agent: 'test/1',
}
const snapshot = { ts_ms: 0, snapshot: 'end', peer: 'p', k: 20, buckets: [] }

/** A key that begins with these bits and goes on with zeros, as 64 hexadecimal digits. */
export function key(bits: string): string {
  const padded = bits.padEnd(256, '0')
  return padded.replace(/.{4}/g, (four) => Number.parseInt(four, 2).toString(16))
}

export function build(given: GivenTables): RunData {
  const instances = (given.outcomes ?? []).map((outcome, index) => ({ group: 'all', index, seq: index + 1, outcome }))
  const record = {
    run: 'r1',
    spec: { case: given.case ?? 'find-peers', seed: 1, groups: [], start: null, ...given.spec },
    instances,
    artifacts: (given.files ?? []).map((path) => ({ path })),
    outcome: 'success',
    startedMs: 0,
    endedMs: 0,
  }
  return {
    records: [record as unknown as RunRecord],
    instances: columns([], ['run', 'group', 'instance', 'seed', 'outcome', 'reason']),
    nodes: rows(nodeRecord, given.nodes, node),
    lookups: rows(lookupRecord, given.lookups, lookup),
    queryEvents: rows(queryRecord, given.events, event, ['phase', 'lookup_row']),
    entries: columns([], ['run', 'group', 'instance', 'seed', 'snapshot', 'ts_ms', 'peer', 'entry', 'cpl']),
    snapshots: rows(snapshotSchema, given.snapshots, snapshot),
    damage: given.damage ?? [],
  } as unknown as RunData
}

function rows(schema: RecordSchema, given: readonly Given[] = [], rest: Given = {}, more: readonly string[] = []) {
  return columns(
    given.map((row) => ({ ...origin, ...rest, ...row })),
    [...Object.keys(origin), ...Object.keys(schema.columns), ...more],
  )
}

function columns(given: readonly Given[], names: readonly string[]) {
  return table(Object.fromEntries(names.map((name) => [name, given.map((row) => row[name])])))
}

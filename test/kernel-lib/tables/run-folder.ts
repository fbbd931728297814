import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { plainTopology, plainWorld } from '../../../kernel-lib/composition/world/plain.ts'
import type { InstanceRecord, Outcome, RunRecord } from '../../../kernel-lib/run/record.ts'

/** A folder for runs that lives as long as `body`. */
export async function withRuns<T>(body: (runs: string) => Promise<T>): Promise<T> {
  const runs = mkdtempSync(join(tmpdir(), 'hoplab-tables-'))
  try {
    return await body(runs)
  } finally {
    rmSync(runs, { recursive: true, force: true })
  }
}

export interface Written {
  readonly run: string
  readonly instances: number
  readonly seed?: number
  readonly outcome?: (index: number) => Outcome
  /** Content by path; a path in `group/index/file` form becomes an artifact. */
  readonly files: Readonly<Record<string, string>>
}

/** Writes a run's folder with one group `all`, and its record. */
export function writeRun(runs: string, { run, instances, seed = 1, outcome, files }: Written): RunRecord {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(runs, run, path)), { recursive: true })
    writeFileSync(join(runs, run, path), content)
  }
  const record: RunRecord = {
    schema: 'hoplab/record/1',
    run,
    spec: {
      schema: 'hoplab/spec/4',
      plan: 'dht',
      case: 'find-peers',
      seed,
      groups: [{ id: 'all', count: instances, program: true, role: '', version: '', params: {}, ...plainWorld }],
      network: null,
      topology: plainTopology,
      start: null,
      timeoutMs: 60_000,
    },
    specHash: '0'.repeat(64),
    harness: 'exec',
    strict: false,
    placement: {},
    versions: {},
    machine: {},
    startedMs: 0,
    endedMs: 1,
    outcome: 'success',
    instances: Array.from({ length: instances }, (_, index) => instanceOf(index, outcome?.(index) ?? 'success')),
    artifacts: Object.entries(files)
      .filter(([path]) => !path.startsWith('schemas/'))
      .map(([path, content]) => ({
        path,
        bytes: Buffer.byteLength(content),
        sha256: createHash('sha256').update(content).digest('hex'),
      })),
    imported: null,
  }
  mkdirSync(join(runs, run), { recursive: true })
  writeFileSync(join(runs, run, 'record.json'), JSON.stringify(record))
  return record
}

function instanceOf(index: number, outcome: Outcome): InstanceRecord {
  const ending = {
    exit: null,
    killed: null,
    fault: null,
    stdoutEvents: [],
    syncEvents: [],
    lastWords: '',
    waitingFor: null,
  }
  return {
    group: 'all',
    index,
    seq: index + 1,
    outcome,
    reason: outcome,
    spoke: ['sync'],
    ending: { ...ending, startedMs: 0, endedMs: 1 },
  }
}

/** Rows as a file of records holds them. */
export const ndjson = (...rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

export const peers = [
  'QmNet43MiibBJ2TWBQYQGiFqDy3HNLp3biAEp7f9B7wvtu',
  'QmZ7zzmL4D547VhASXX78yWyAogR42WVfrio9HjHHeLfcY',
  'QmTbLxwRLaaPbGcJYPkzxwh2PAw3xKi3Ump8Xrx7rX4SXt',
] as const

export const node = (index: number) => ({
  ts_ms: 10 + index,
  peer: peers[index % 3],
  key: '0'.repeat(64),
  role: 'server',
  dialable: true,
  bootstrapper: index === 0,
  agent: 'test/1',
})

export const lookup = (name: string, changes: object = {}) => ({
  lookup: name,
  phase: 'measured',
  kind: 'find-peer',
  target: 'ab'.repeat(32),
  target_peer: peers[2],
  start_ms: 100,
  end_ms: 250.5,
  status: 'ok',
  error: null,
  termination: 'stopped',
  connected: false,
  k: 20,
  seeds: [peers[0]],
  closest: [peers[0], peers[2]],
  found: 1,
  expected: 1,
  stored: null,
  first_result_ms: 150.5,
  found_from: peers[0],
  ...changes,
})

export const queryEvent = (name: string, event: string, changes: object = {}) => ({
  ts_ms: 110,
  lookup: name,
  event,
  path: 0,
  peer: peers[0],
  closer: null,
  providers: null,
  cause: null,
  ...changes,
})

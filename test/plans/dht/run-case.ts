import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readManifest } from '../../../kernel-lib/composition/manifest-file.ts'
import { startSync } from '../../../kernel-lib/sync/start.ts'
import { cases } from '../../../plans/dht/cases/index.ts'
import { preparePeerProcess } from '../../../plans/libp2p/process.ts'
import { machineClock, type Params, type ParamValue, type RecordSchema, type Row } from '../../../plans/sdk/index.ts'
import { processDiagnostics } from '../../../plans/sdk/runtime/diagnostics.ts'
import { type LiveInstance, openInstance, runInstance } from '../../../plans/sdk/runtime/instance.ts'

const manifestFile = join(import.meta.dirname, '../../../plans/dht/manifest.toml')

/** The plan's manifest, read by the reader that the harness uses. */
export const { manifest, warnings } = readManifest(readFileSync(manifestFile, 'utf8'), 'manifest.toml')

/** One node of a run: parameters over the manifest's defaults, and its role. */
export interface Actor {
  readonly params?: Params
  readonly role?: string
}

/** What a run left behind, by instance. */
export interface Played {
  readonly states: readonly LiveInstance['state'][]
  /** Rows of a record, by instance. */
  rows<S extends RecordSchema>(schema: S): Row<S>[][]
  /** Text of an instance's events. */
  log(index: number): string
}

/** Runs a case with one instance for each actor, in this process, over the real sync service and real TCP on loopback. */
export async function play(name: string, actors: readonly Actor[], shared: Params = {}): Promise<Played> {
  preparePeerProcess()
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-dht-'))
  const who = actors.map((_, index) => ({ group: 'nodes', index }))
  const sync = startSync({ run: 'r', plan: 'dht', case: name, instances: who, barrierTimeoutMs: 60_000 })
  const { host, port } = await sync.door(null)
  const outputs = (index: number): string => join(folder, 'nodes', String(index))
  const instances = actors.map(({ params, role = '' }, index) =>
    openInstance({
      run: 'r',
      plan: 'dht',
      case: name,
      group: 'nodes',
      index,
      seq: index + 1,
      instanceCount: actors.length,
      groupInstanceCount: actors.length,
      role,
      params: { ...defaultsOf(name), bucket_size: 4, alpha: 3, lookup_rate: 100, ...shared, ...params },
      seed: 1,
      address: '127.0.0.1',
      link: null,
      outputs: outputs(index),
      syncHost: host,
      syncPort: port,
      subnet: '',
    }),
  )
  const context = { signal: new AbortController().signal, diagnostics: processDiagnostics(machineClock), place: null }
  await Promise.all(instances.map((instance) => runInstance(instance, cases, context)))
  await sync.close()
  return {
    states: instances.map(({ state }) => state),
    rows: (schema) => actors.map((_, index) => read(join(outputs(index), schema.file))),
    log: (index) => readFileSync(join(outputs(index), 'run.out'), 'utf8'),
  }
}

function defaultsOf(name: string): Record<string, ParamValue> {
  const params = Object.entries(manifest.cases[name]?.params ?? {})
  return Object.fromEntries(params.flatMap(([key, { default: value }]) => (value === null ? [] : [[key, value]])))
}

function read<R>(file: string): R[] {
  try {
    return readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

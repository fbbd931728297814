import { existsSync } from 'node:fs'
import { rmdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ulid } from 'ulid'
import { specHash } from '../../composition/hash.ts'
import type { GroupSpec, RunSpec } from '../../composition/spec.ts'
import { InputError } from '../../errors.ts'
import { listArtifacts } from '../artifacts.ts'
import { recordFile, writeSchemas } from '../folder.ts'
import { worstOf } from '../judge.ts'
import { makeWhole } from '../make-folder.ts'
import type { RunRecord } from '../record.ts'
import { runsFolderOf } from '../runs-folder.ts'
import { settle } from '../settle.ts'
import { type ArchiveLimits, unpackArchive } from './archive.ts'
import { convert, type Network } from './convert.ts'
import { instancesOf } from './instances.ts'
import { type Printed, readPrinted } from './printed.ts'
import { specOf } from './spec.ts'
import type { Unpacked } from './unpacked.ts'

export interface ImportOptions {
  /** Folder that the run's folder is made in. Default: as `runsFolderOf` tells. */
  readonly runsFolder?: string
  readonly limits?: ArchiveLimits
  readonly signal?: AbortSignal
}

/**
 * Makes a run of ours from an archive that `testground collect` wrote (events of SDKs up to v0.2.5, or later ones), so that tables, statistics and figures work on it.
 * The original files are kept as artifacts; our records, where they can be told, stand beside them (`reconstruct` says how lookups are). Instances that the start events count and the archive does not hold
 * get the outcome unknown. What was not recorded stays null: placement, machine, shape of the links; the seed is 0.
 *
 * Every import is a run of its own, under a new id, also of an archive that was imported before; `load` refuses to pool two of the same archive.
 *
 * @param file Path of the `.tgz`.
 * @throws InputError when the archive is absent, damaged, cut short or holds what is refused; nothing is left behind then.
 */
export async function importArchive(file: string, options: ImportOptions = {}): Promise<RunRecord> {
  const { runsFolder = runsFolderOf(), limits, signal } = options
  const run = ulid()
  try {
    await settle(runsFolder)
    const { value } = await makeWhole(runsFolder, run, async (folder) => {
      const unpacked = await unpackArchive(file, folder, { limits, signal })
      const record = await convertRun(unpacked, { run, folder, file, signal })
      await writeSchemas(folder)
      await writeFile(recordFile(folder), `${JSON.stringify(record, null, 2)}\n`, { flush: true })
      return record
    })
    return value
  } catch (error) {
    // Goes only where it is empty: it may have been made for this import alone.
    await rmdir(runsFolder).catch(() => {})
    throw error
  }
}

interface Place {
  readonly run: string
  readonly folder: string
  /** The archive. */
  readonly file: string
  readonly signal: AbortSignal | undefined
}

async function convertRun(unpacked: Unpacked, place: Place): Promise<RunRecord> {
  const { run, folder, file, signal } = place
  const printed = new Map<string, Printed>()
  for (const id of new Set(unpacked.files.map(({ group, index }) => `${group}/${index}`))) {
    const path = join(folder, id, 'run.out')
    printed.set(id, await readPrinted(existsSync(path) ? path : null, { signal }))
  }
  const spec = named(file, () => specOf(unpacked.files, printed))
  const passed = await convertInstances(printed, { spec, folder, signal })
  const times = [...printed.values()]
  const startedMs = least(times.map(({ firstMs }) => firstMs))
  const endedMs = -least(times.map(({ lastMs }) => (lastMs === null ? null : -lastMs)))
  const instances = await instancesOf(spec, { printed, folder, startedMs })
  const groups = [...new Set(unpacked.files.map(({ group }) => group))].sort()
  const artifacts = (await Promise.all(groups.map((group) => listArtifacts(folder, group)))).flat()
  return {
    ...{ schema: 'hoplab/record/1', run, spec, specHash: specHash(spec), harness: 'testground', strict: false },
    placement:
      passed.length > 0 || unpacked.ignored.length > 0 ? { notConverted: [...passed, ...unpacked.ignored] } : null,
    versions: { 'testground sdk': times.some(({ legacy }) => legacy) ? 'up to v0.2.5' : 'v0.2.6 or later' },
    ...{
      machine: null,
      startedMs,
      endedMs,
      outcome: worstOf(instances.map(({ outcome }) => outcome)),
      instances,
      artifacts,
    },
    imported: { file: basename(file), sha256: unpacked.sha256 },
  }
}

function named<T>(file: string, body: () => T): T {
  try {
    return body()
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${file}: ${error.message}`) : error
  }
}

/** Converts every instance; tells what was not converted, each in a line. */
async function convertInstances(
  printed: ReadonlyMap<string, Printed>,
  { spec, folder, signal }: { spec: RunSpec; folder: string; signal: AbortSignal | undefined },
): Promise<readonly string[]> {
  const all = [...printed.values()]
  const network: Network = {
    peers: new Set(all.flatMap(({ peer }) => (peer === null ? [] : [peer.id]))),
    bootstrappers: new Set(all.flatMap(({ bootstrappers }) => bootstrappers)),
  }
  const findsPeers = spec.case === 'find-peers'
  const passed = new Map<string, number>()
  for (const [id, each] of printed) {
    const group = spec.groups.find((one) => one.id === id.split('/')[0]) as GroupSpec
    const source = { folder: join(folder, id), printed: each, group, network, findsPeers, signal }
    for (const [message, count] of await convert(source)) passed.set(message, (passed.get(message) ?? 0) + count)
  }
  return [
    ...(findsPeers
      ? []
      : [`case ${spec.case}: only find-peers is known to tell its lookups; the originals are artifacts`]),
    ...[...passed].map(
      ([message, count]) => `${count} rows "${message}" of dht_queries.out that belong to no lookup of the case`,
    ),
  ]
}

function least(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? 0 : known.reduce((a, b) => Math.min(a, b))
}

import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lookupRecord, nodeRecord, queryRecord, type Row, toHex } from '@hoplab/sdk'
import { peerKey } from '../../composition/peer-key.ts'
import type { GroupSpec } from '../../composition/spec.ts'
import { InputError } from '../../errors.ts'
import { readLines } from '../lines.ts'
import { type LineWriter, lineWriter } from './line-writer.ts'
import { type Known, reconstruct } from './lookups.ts'
import { lineLimitBytes, type Printed } from './printed.ts'
import { type QueryRow, queryRow } from './query-row.ts'

/** What all instances of a run told, which one alone does not. */
export interface Network {
  readonly peers: ReadonlySet<string>
  readonly bootstrappers: ReadonlySet<string>
}

/** One instance to convert. */
export interface Source {
  /** Its folder; the originals lie in it. */
  readonly folder: string
  readonly printed: Printed
  readonly group: GroupSpec
  readonly network: Network
  /** Whether the run's case is find-peers, the one whose lookups are known to be told. */
  readonly findsPeers: boolean
  readonly signal?: AbortSignal | undefined
}

/** Bucket size of go-libp2p-kad-dht where the plan sets none. */
const defaultBucketSize = 20

/**
 * Writes our records beside an instance's original files: `node.ndjson`, and for case find-peers `lookups.ndjson` and `queries.ndjson`. A record file that the instance wrote itself is left as it is.
 * A line that cannot be converted is carried over as it is, so that whoever loads the run finds it damaged and counts it.
 *
 * @returns Rows of `dht_queries.out` that were not converted, by reason.
 */
export async function convert(source: Source): Promise<ReadonlyMap<string, number>> {
  const { folder, printed } = source
  const passed = new Map<string, number>()
  const own = (file: string): boolean => existsSync(join(folder, file))
  if (printed.peer !== null && !own(nodeRecord.file))
    writeFileSync(join(folder, nodeRecord.file), `${JSON.stringify(nodeRow(source, printed.peer))}\n`, { flag: 'wx' })
  const rows = join(folder, 'dht_queries.out')
  const hasRows = existsSync(rows)
  const told = hasRows || printed.timed.length > 0 || printed.outcomes.length > 0
  if (!source.findsPeers || !told || own(lookupRecord.file) || own(queryRecord.file)) return passed
  const lookups = reconstruct(known(source))
  if (hasRows) {
    const out = lineWriter(join(folder, queryRecord.file))
    try {
      await convertRows(rows, { out, lookups, passed, signal: source.signal })
    } finally {
      out.close()
    }
  }
  const lines = [...lookups.ended().map((row) => JSON.stringify(row)), ...lookups.untold()]
  writeFileSync(join(folder, lookupRecord.file), lines.map((line) => `${line}\n`).join(''), { flag: 'wx' })
  return passed
}

function known({ printed, group, network }: Source): Known {
  const k = Number(group.params.bucket_size)
  return {
    printed,
    k: Number.isSafeInteger(k) && k > 0 ? k : defaultBucketSize,
    isNode: (peer) => network.peers.has(peer),
  }
}

function nodeRow({ group, network }: Source, peer: NonNullable<Printed['peer']>): Row<typeof nodeRecord> {
  return {
    ts_ms: peer.tsMs,
    peer: peer.id,
    key: toHex(peerKey(peer.id)),
    role: group.params.client_mode === true ? 'client' : 'server',
    dialable: group.params.undialable !== true,
    bootstrapper: network.bootstrappers.has(peer.id),
    agent: 'go-libp2p-kad-dht (version not recorded)',
  }
}

interface Conversion {
  readonly out: LineWriter
  readonly lookups: ReturnType<typeof reconstruct>
  readonly passed: Map<string, number>
  readonly signal: AbortSignal | undefined
}

async function convertRows(path: string, { out, lookups, passed, signal }: Conversion): Promise<void> {
  const reader = {
    line(text: string, _number: number, ended: boolean) {
      const row = queryRow(text)
      const event = row === null ? 'unreadable' : taken(lookups, row)
      if (event === 'unreadable') out.write(ended ? `${text}\n` : text)
      else if (event !== null) out.write(`${JSON.stringify(event)}\n`)
      else passed.set(row?.message ?? '', (passed.get(row?.message ?? '') ?? 0) + 1)
    },
    tooLong: (bytes: number, number: number) =>
      out.write(`${JSON.stringify({ too_long: { file: 'dht_queries.out', line: number, bytes } })}\n`),
  }
  await readLines(path, reader, { limitBytes: lineLimitBytes, signal })
}

function taken(lookups: Conversion['lookups'], row: QueryRow): Row<typeof queryRecord> | null | 'unreadable' {
  try {
    return lookups.take(row)
  } catch (error) {
    if (error instanceof InputError) return 'unreadable'
    throw error
  }
}

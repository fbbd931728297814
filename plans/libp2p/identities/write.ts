import { createHash } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { identitiesFile, identitiesHeader, mostPeers, risingOrder } from '@hoplab/sdk'
import type { Share } from './share.ts'
import { deriveSteps } from './steps.ts'

const fewNodes = 5000

/** Which identities are written, and where. */
export interface WriteIdentities {
  readonly seed: number
  /** Nodes, from 1 to 2,097,152. */
  readonly size: number
  readonly file: string
  /** Told of progress: how many are derived so far. */
  readonly derived: (count: number) => void
}

/**
 * Writes the identities of nodes 1 to `size` of a run with this seed, as `identitiesFile` says, with a thread for each processor; the file is there once it is whole.
 * About 0.06 ms of one processor a node.
 *
 * @throws RangeError where the size is none; Error where a thread fails or the file cannot be written.
 */
export async function writeIdentities({ seed, size, file, derived }: WriteIdentities): Promise<void> {
  if (!Number.isInteger(size) || size < 1 || size > mostPeers)
    throw new RangeError(`identities of ${size} nodes: write a whole number from 1 to ${mostPeers}`)
  const share: Share = {
    seed,
    size,
    keys: new SharedArrayBuffer(size * 32),
    publicKeys: new SharedArrayBuffer(size * 32),
    taken: new SharedArrayBuffer(4),
  }
  await deriveAll(share, derived)
  const rows = sortedRows(share)
  const sha256 = createHash('sha256').update(rows).digest('hex')
  const part = `${file}.${process.pid}.part`
  try {
    writeFileSync(part, Buffer.concat([identitiesHeader({ seed, size, sha256 }), rows]))
    renameSync(part, file)
  } finally {
    rmSync(part, { force: true })
  }
}

/** Few are derived here before a thread would have started; from source, which threads cannot load, all are. */
async function deriveAll(share: Share, derived: (count: number) => void): Promise<void> {
  let done = 0
  const told = (count: number): void => {
    done += count
    derived(done)
  }
  const extension = extname(import.meta.url)
  if (share.size <= fewNodes || extension === '.ts') return deriveSteps(share, told)
  const threads = Array.from({ length: availableParallelism() }, () => {
    const thread = new Worker(new URL(`./thread${extension}`, import.meta.url), { workerData: share })
    return new Promise<void>((resolve, reject) => {
      thread.on('message', told)
      thread.on('error', reject)
      thread.on('exit', () => resolve())
    })
  })
  await Promise.all(threads)
  if (done !== share.size) throw new Error(`${done} of ${share.size} identities were derived: a thread ended early`)
}

function sortedRows({ size, ...share }: Share): Uint8Array {
  const [keys, publicKeys] = [new Uint8Array(share.keys), new Uint8Array(share.publicKeys)]
  const { rowBytes, keyAt, publicKeyAt, seqAt } = identitiesFile
  const rows = new Uint8Array(size * rowBytes)
  const view = new DataView(rows.buffer)
  for (const [rank, place] of risingOrder(keys).entries()) {
    const at = rank * rowBytes
    rows.set(keys.subarray(place * 32, place * 32 + 32), at + keyAt)
    rows.set(publicKeys.subarray(place * 32, place * 32 + 32), at + publicKeyAt)
    view.setUint32(at + seqAt, place + 1, true)
  }
  return rows
}

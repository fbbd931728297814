import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import { type Entry, tarBytes } from './tar.ts'

/** One layer of an image, not yet written. */
export interface Layer {
  /** In order of paths, every folder before what it holds. */
  readonly entries: readonly Entry[]
  /** Hex, of its tar. */
  readonly sha256: string
  readonly sizeBytes: number
}

/** A layer of these entries, with the folders that they stand in. */
export async function layerOf(given: readonly Entry[]): Promise<Layer> {
  const all = new Map(given.map((entry) => [entry.path, entry]))
  for (const { path } of given)
    for (let folder = dirname(path); folder !== '/'; folder = dirname(folder))
      if (!all.has(folder)) all.set(folder, { kind: 'folder', path: folder, mode: 0o755 })
  const entries = [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const bytes of tarBytes(entries)) {
    hash.update(bytes)
    sizeBytes += bytes.length
  }
  return { entries, sha256: hash.digest('hex'), sizeBytes }
}

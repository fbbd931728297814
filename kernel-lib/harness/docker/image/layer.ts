import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import { remembered, type Sum } from './remembered.ts'
import { type Entry, tarBytes } from './tar.ts'

/** One layer of an image, not yet written. */
export interface Layer extends Sum {
  /** In order of paths, every folder before what it holds. */
  readonly entries: readonly Entry[]
}

/** A layer of these entries, with the folders that they stand in. What is copied is read only where no such layer was made before of the same unchanged files. */
export async function layerOf(given: readonly Entry[]): Promise<Layer> {
  const entries = inOrder(given)
  return { entries, ...(await remembered(entries, () => sumOf(entries))) }
}

/** Entries in the order of a layer, with the folders that they stand in. */
export function inOrder(given: readonly Entry[]): readonly Entry[] {
  const all = new Map(given.map((entry) => [entry.path, entry]))
  for (const { path } of given)
    for (let folder = dirname(path); folder !== '/'; folder = dirname(folder))
      if (!all.has(folder)) all.set(folder, { kind: 'folder', path: folder, mode: 0o755 })
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function sumOf(entries: readonly Entry[]): Promise<Sum> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const bytes of tarBytes(entries)) {
    hash.update(bytes)
    sizeBytes += bytes.length
  }
  return { sha256: hash.digest('hex'), sizeBytes }
}

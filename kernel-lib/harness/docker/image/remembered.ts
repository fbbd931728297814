import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from '../../../network/cache-folder.ts'
import type { Entry } from './tar.ts'

/** What a layer's tar is. */
export interface Sum {
  /** Hex. */
  readonly sha256: string
  readonly sizeBytes: number
}

/** A file that was changed later may have been changed again within one tick of its file system's clock. */
const settledMs = 2000

/** The sum of a layer, from the user's cache where all that it copies is as it was when the sum was made: the Node that every image begins with is 100 MB. Only what cannot be known is read. */
export async function remembered(entries: readonly Entry[], sumOf: () => Promise<Sum>): Promise<Sum> {
  const { key, settled } = await stampOf(entries)
  const folder = join(await cacheFolder(), 'layers')
  const file = join(folder, `${key}.json`)
  const known = settled ? await readSum(file) : null
  if (known !== null) return known
  const sum = await sumOf()
  if (!settled) return sum
  await mkdir(folder, { recursive: true })
  const fresh = `${file}.${randomUUID()}`
  await writeFile(fresh, JSON.stringify(sum))
  await rename(fresh, file)
  return sum
}

async function readSum(file: string): Promise<Sum | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as Sum)
}

interface Stamp {
  /** Differs where the layer's tar may differ. */
  readonly key: string
  /** Whether nothing that is copied has just been changed. */
  readonly settled: boolean
}

async function stampOf(entries: readonly Entry[]): Promise<Stamp> {
  const hash = createHash('sha256')
  let newestMs = Number.NEGATIVE_INFINITY
  for (const entry of entries) {
    const { kind, path, mode } = entry
    let what: readonly unknown[] = []
    if (entry.kind === 'link') what = [entry.target]
    if (entry.kind === 'file')
      what = [
        createHash('sha256')
          .update(await entry.read())
          .digest('hex'),
      ]
    if (entry.kind === 'copy') {
      const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = await stat(entry.from, { bigint: true })
      newestMs = Math.max(newestMs, Number(ctimeMs))
      what = [dev, ino, size, mtimeNs, ctimeNs].map(String)
    }
    hash.update(`${JSON.stringify([kind, path, mode, ...what])}\n`)
  }
  return { key: hash.digest('hex'), settled: newestMs < Date.now() - settledMs }
}

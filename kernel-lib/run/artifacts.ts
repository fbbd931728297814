import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Artifact } from './record.ts'

/**
 * Lists what lies below a part of a run folder, sorted by path. Links and other things that are no plain file are passed over: an artifact must not name something outside.
 *
 * @param part Path in the run folder, with forward slashes: `single/3`.
 */
export async function listArtifacts(folder: string, part: string): Promise<readonly Artifact[]> {
  const paths = await plainFiles(folder, part)
  const artifacts: Artifact[] = []
  for (const path of paths.sort()) artifacts.push({ path, ...(await digest(join(folder, path))) })
  return artifacts
}

/** Size and SHA-256 of a file, read in pieces. */
export async function digest(file: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(createReadStream(file), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      bytes += chunk.length
      hash.update(chunk)
    }
  })
  return { bytes, sha256: hash.digest('hex') }
}

async function plainFiles(folder: string, part: string): Promise<string[]> {
  const entries = await readdir(join(folder, part), { withFileTypes: true }).catch(() => [])
  const lists = entries.map((entry) => {
    const path = `${part}/${entry.name}`
    if (entry.isDirectory()) return plainFiles(folder, path)
    return entry.isFile() ? [path] : []
  })
  return (await Promise.all(lists)).flat()
}

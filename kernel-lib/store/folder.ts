import { createReadStream, createWriteStream } from 'node:fs'
import { access, link, mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { checked } from './checked.ts'
import type { ArtifactStore } from './store.ts'

let counter = 0

/** A store that is a folder: a file for each key. A folder of runs is one. */
export function folderStore(folder: string): ArtifactStore {
  const root = resolve(folder)

  const fileOf = (key: string): string => insideOf(root, key)

  async function has(key: string): Promise<boolean> {
    return access(fileOf(key)).then(
      () => true,
      () => false,
    )
  }

  async function* get(key: string, sha256: string | null): AsyncGenerator<Uint8Array> {
    const file = fileOf(key)
    if (!(await has(key))) throw new Error(`key "${key}" is not in the store ${folder}`)
    const bytes = createReadStream(file)
    yield* sha256 === null ? bytes : checked(bytes, sha256, key)
  }

  return {
    has,
    get,
    async put(key, bytes, sha256) {
      const file = fileOf(key)
      counter += 1
      const temp = join(root, `.put-${process.pid}-${counter}.tmp`)
      await mkdir(dirname(file), { recursive: true })
      try {
        await pipeline(checked(bytes, sha256, key), createWriteStream(temp))
        await link(temp, file)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
        for await (const _ of get(key, sha256));
      } finally {
        await rm(temp, { force: true })
      }
    },
    async list(prefix) {
      const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
      return entries
        .filter((entry) => entry.isFile() && !/^\.put-.*\.tmp$/.test(entry.name))
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(root.length + 1)
            .split(sep)
            .join('/'),
        )
        .filter((key) => key.startsWith(prefix))
        .sort()
    },
  }
}

/** Keys come from records, and records from anywhere: none may name a file outside. */
function insideOf(root: string, key: string): string {
  const parts = key.split('/')
  if (parts.some((part) => /^\.{0,2}$/.test(part) || /[\\\0]/.test(part)))
    throw new Error(`key "${key}" is no path inside the store; write <run>/<group>/<index>/<file>`)
  return join(root, ...parts)
}

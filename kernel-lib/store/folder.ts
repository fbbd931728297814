import { createReadStream, createWriteStream } from 'node:fs'
import { access, link, mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { checked } from './checked.ts'
import { stepsOf } from './key.ts'
import type { ArtifactStore } from './store.ts'

let counter = 0

/** A store that is a folder: a file for each key. A folder of runs is one. */
export function folderStore(folder: string): ArtifactStore {
  const root = resolve(folder)

  const fileOf = (key: string): string => join(root, ...stepsOf(key))

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

  /** False where the key is taken. */
  async function write(key: string, bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
    const file = fileOf(key)
    counter += 1
    const temp = join(root, `.put-${process.pid}-${counter}.tmp`)
    await mkdir(dirname(file), { recursive: true })
    try {
      await pipeline(bytes, createWriteStream(temp))
      await link(temp, file)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      return false
    } finally {
      await rm(temp, { force: true })
    }
  }

  return {
    name: folder,
    has,
    get,
    async put(key, bytes, content) {
      if (!(await has(key)) && (await write(key, checked(bytes, content.sha256, key))))
        return { sentBytes: content.bytes }
      for await (const _ of get(key, content.sha256));
      return { sentBytes: 0 }
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
    async folders(below) {
      const entries = await readdir(below === '' ? root : fileOf(below), { withFileTypes: true }).catch(() => [])
      return entries
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
        .map(({ name }) => name)
        .sort()
    },
  }
}

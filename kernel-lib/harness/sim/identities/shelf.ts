import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from '../../../network/cache-folder.ts'
import { sha256Of } from '../../build/digest.ts'

/** A file of identities, whole. */
export interface Identities {
  /** Absolute. */
  readonly file: string
  /** Of the file, hex. */
  readonly sha256: string
}

/** Where identities are kept from one run to the next: files named by what they were made of and by what they hold. */
export interface Shelf {
  /** What is kept under a key; null where nothing is, or something else than its name says. */
  find(key: string): Promise<Identities | null>
  /** Keeps what `make` writes to the file that it is given; a file that was made halfway is under no key. */
  add(key: string, make: (file: string) => Promise<void>): Promise<Identities>
}

/** Files that were begun longer ago are nobody's any more. */
const abandonedMs = 24 * 3_600_000
/** Files that nobody asked for that long are not kept: 68 MB each for a million nodes. */
const keptMs = 30 * 24 * 3_600_000

/**
 * The shelf in this user's cache folder.
 *
 * @param mark What no other run's files are named by, as its id.
 * @throws AbsentError where there is no cache folder that this user alone can write.
 */
export async function openShelf(mark: string): Promise<Shelf> {
  const folder = join(await cacheFolder(), 'identities')
  await mkdir(folder, { recursive: true })

  async function removeOld(): Promise<void> {
    for (const name of await readdir(folder)) {
      const found = await stat(join(folder, name)).catch(() => null)
      const limitMs = name.endsWith('.begun') ? abandonedMs : keptMs
      if (found !== null && Date.now() - found.mtimeMs > limitMs) await rm(join(folder, name), { force: true })
    }
  }

  return {
    async find(key) {
      for (const name of (await readdir(folder)).filter((one) => one.startsWith(`${key}-`) && one.endsWith('.bin'))) {
        const file = join(folder, name)
        const sha256 = await sha256Of(file)
        if (name !== `${key}-${sha256}.bin`) {
          await rm(file, { force: true })
          continue
        }
        const now = new Date()
        await utimes(file, now, now)
        return { file, sha256 }
      }
      return null
    },
    async add(key, make) {
      await removeOld()
      const begun = join(folder, `${key}.${mark}.begun`)
      try {
        await make(begun)
        const sha256 = await sha256Of(begun)
        const file = join(folder, `${key}-${sha256}.bin`)
        await rename(begun, file)
        return { file, sha256 }
      } finally {
        await rm(begun, { force: true })
      }
    },
  }
}

import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isGone, type Owner, thisOwner } from './owner.ts'
import { saidUnwritable } from './unwritable.ts'

/**
 * Makes the folder of a run, whole or not at all: it is filled elsewhere, in a hidden folder that names its owner, and then takes its place.
 *
 * @returns Its path, `<runsFolder>/<run>`, and what `fill` returned.
 */
export async function makeWhole<T>(
  runsFolder: string,
  run: string,
  fill: (folder: string) => Promise<T>,
): Promise<{ readonly folder: string; readonly value: T }> {
  const temp = join(runsFolder, `.${run}.tmp`)
  const unfinished = join(temp, 'run')
  const folder = join(runsFolder, run)
  try {
    await mkdir(unfinished, { recursive: true })
    await writeFile(join(temp, ownerFile), JSON.stringify(thisOwner()))
    const value = await fill(unfinished)
    await rename(unfinished, folder)
    return { folder, value }
  } catch (error) {
    throw saidUnwritable(error, runsFolder)
  } finally {
    // Where it cannot be removed it could not be made, and the error that says so is on its way.
    await rm(temp, { recursive: true, force: true }).catch(() => {})
  }
}

const ownerFile = 'owner.json'
/** Without an owner's name: the time that passes between two lines of `makeWhole`, and then some. */
const namelessMs = 60_000
/** An owner that cannot be seen from here may be at it for long. */
const unseenMs = 24 * 3600 * 1000

/** Removes what owners that are gone had begun to make. A run's id has 26 characters; other hidden folders are left alone. */
export async function removeUnfinished(runsFolder: string): Promise<void> {
  const names = await readdir(runsFolder).catch(() => [])
  for (const name of names.filter((one) => /^\.[0-9A-HJKMNP-TV-Z]{26}\.tmp$/.test(one))) {
    const temp = join(runsFolder, name)
    // What cannot be removed (another user's, a read-only disk) harms nobody.
    if (await isLeft(temp)) await rm(temp, { recursive: true, force: true }).catch(() => {})
  }
}

async function isLeft(temp: string): Promise<boolean> {
  const touched = await stat(temp).catch(() => null)
  if (touched === null) return false
  const agedMs = Date.now() - touched.mtimeMs
  const text = await readFile(join(temp, ownerFile), 'utf8').catch(() => '')
  try {
    return isGone(JSON.parse(text) as Owner) ?? agedMs > unseenMs
  } catch {
    return agedMs > namelessMs
  }
}

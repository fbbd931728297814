import { access, constants, lstat, mkdir } from 'node:fs/promises'
import { homedir, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { AbsentError } from '../errors.ts'

/**
 * Folder in which hoplab keeps what it can make again: `hoplab` in `$XDG_CACHE_HOME` or `~/.cache`; where that cannot be written, one of this user's own in the temp folder.
 *
 * @throws AbsentError where neither can be written by this user alone.
 */
export async function cacheFolder(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const usual = join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'hoplab')
  const spare = join(tmpdir(), `hoplab-cache-${userInfo().uid}`)
  for (const folder of [usual, spare]) if (await isOurs(folder)) return folder
  throw new AbsentError(
    `neither ${usual} nor ${spare} can be written by you alone; set XDG_CACHE_HOME to a folder that can`,
  )
}

/** Makes it if need be. What others can write might hold a program of theirs, which we would run. */
async function isOurs(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK)
    const { uid, mode } = await lstat(folder)
    return uid === userInfo().uid && (mode & 0o022) === 0
  } catch {
    return false
  }
}

import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AbsentError, InputError } from '../../errors.ts'
import type { ArtifactStore } from '../../store/store.ts'
import { digest } from '../artifacts.ts'
import { isUnwritable } from '../unwritable.ts'

let counter = 0
const tempName = /^\.pull-(\d+)-\d+\.tmp$/

/** A file of a stored run that is to lie in a folder. */
export interface Wanted {
  readonly run: string
  readonly path: string
  /** Null where no record says it; the store then knows. */
  readonly sha256: string | null
}

/**
 * Brings a file from a store into a run's folder, whole or not at all. What lies there with the same content stays.
 *
 * @returns Bytes that came; null where the file was there.
 * @throws InputError where another file is in its place, AbsentError where the disk is full or the store lacks it.
 */
export async function bring(
  store: ArtifactStore,
  folder: string,
  { run, path, sha256, read }: Wanted & { readonly read?: ((bytes: number) => void) | undefined },
): Promise<number | null> {
  const file = join(folder, ...path.split('/'))
  const there = await digest(file).catch(() => null)
  if (there !== null && (sha256 === null || there.sha256 === sha256)) return null
  if (there !== null)
    throw new InputError(`${file}: is there and is not what the store has; move it away, and pull again`)
  counter += 1
  const temp = join(folder, `.pull-${process.pid}-${counter}.tmp`)
  let bytes = 0
  const count = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      bytes += chunk.length
      read?.(chunk.length)
      yield chunk
    }
  }
  try {
    await mkdir(dirname(file), { recursive: true })
    await pipeline(count(store.get(`${run}/${path}`, sha256)), createWriteStream(temp, { flush: true }))
    await rename(temp, file)
    return bytes
  } catch (error) {
    throw said(error, folder, `${store.name}/${run}/${path}`)
  } finally {
    await rm(temp, { force: true })
  }
}

/** Says of a local error which key was on its way, and what to do. */
function said(error: unknown, folder: string, key: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (!isUnwritable(error)) return error
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AbsentError(
      `${key}: ${folder} is full (${message}); make room there and repeat: what is there already stays`,
    )
  return new InputError(`${key}: ${folder} cannot be written to (${message}); choose another folder`)
}

/** Removes what pulls that were killed left in a run's folder. */
export async function removeLeft(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const owner = tempName.exec(name)?.[1]
    if (owner !== undefined && !lives(Number(owner))) await rm(join(folder, name), { force: true })
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

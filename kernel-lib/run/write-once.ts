import { link, rename, rm, writeFile } from 'node:fs/promises'

let counter = 0

/** Writes a file whole or not at all. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temp = await writeBeside(path, text)
  await rename(temp, path).catch((error) => discard(temp, error))
}

/**
 * Writes a file whole, and only where there is none.
 *
 * @returns False when somebody else wrote it first; theirs stays.
 */
export async function writeOnce(path: string, text: string): Promise<boolean> {
  const temp = await writeBeside(path, text)
  try {
    await link(temp, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(temp, { force: true })
  }
}

async function writeBeside(path: string, text: string): Promise<string> {
  counter += 1
  const temp = `${path}.${process.pid}-${counter}.tmp`
  await writeFile(temp, text, { flush: true }).catch((error) => discard(temp, error))
  return temp
}

async function discard(temp: string, error: unknown): Promise<never> {
  await rm(temp, { force: true })
  throw error
}

import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isGone, type Owner, thisOwner } from 'hoplab/run/owner.ts'
import type { InfluxAddress } from './address.ts'
import { openSpool, ownerFile, released, type Spool } from './spool.ts'

/**
 * Opens a spool of this process for a server, below `root`, and those that processes which are gone left there for the same server.
 *
 * @returns Ours first.
 */
export async function openSpools(root: string, address: InfluxAddress): Promise<readonly [Spool, ...Spool[]]> {
  const folder = join(root, nameOf(address))
  await mkdir(folder, { recursive: true })
  const left = readdirSync(folder).filter((name) => isLeft(join(folder, name)))
  const own = join(folder, randomUUID())
  const spool = await openSpool(own)
  writeFileSync(join(own, ownerFile), JSON.stringify(thisOwner()))
  return [spool, ...(await Promise.all(left.map((name) => openSpool(join(folder, name)))))]
}

/** A name without the token, which nobody finds out from it. */
function nameOf({ url, database, org }: InfluxAddress): string {
  return createHash('sha256')
    .update(JSON.stringify([url, database, org]))
    .digest('hex')
    .slice(0, 16)
}

function isLeft(folder: string): boolean {
  const file = join(folder, ownerFile)
  if (!existsSync(file)) return false
  try {
    const text = readFileSync(file, 'utf8')
    return text === released || isGone(JSON.parse(text) as Owner) === true
  } catch {
    return false
  }
}

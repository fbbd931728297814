import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from '../../../network/cache-folder.ts'
import { sha256Of } from '../digest.ts'
import { go } from './command.ts'
import { inputsOf } from './inputs.ts'
import type { GoOrder } from './order.ts'
import { sdkOf } from './sdk.ts'

/** A Go program, built. */
export interface GoProgram {
  /** Absolute. */
  readonly file: string
  /** Hex. */
  readonly sha256: string
  /** Version of Testground's sdk-go that it holds, `v0.2.7`; null where it holds none. */
  readonly sdk: string | null
  /** False where it had been built before. */
  readonly built: boolean
}

export interface GoOptions {
  readonly signal?: AbortSignal
  /** Called where the cache does not have the program, before it is built. */
  readonly onBuild?: () => void
}

/**
 * Builds a program, without cgo, unless the cache has it: same sources, modules, tags and Go, same program. The plan's folder is only read.
 *
 */
export async function buildGo(order: GoOrder, { signal, onBuild }: GoOptions = {}): Promise<GoProgram> {
  const key = await inputsOf(order, signal)
  const home = join(await cacheFolder(), 'builds', key)
  const had = await known(home)
  if (had !== null) return { ...had, built: false }
  onBuild?.()
  await mkdir(join(home, '..'), { recursive: true })
  const work = await mkdtemp(`${home}.`)
  try {
    await compile(order, work, signal)
    const program = { sha256: await sha256Of(join(work, 'program')), sdk: await sdkOf(join(work, 'program')) }
    await writeFile(join(work, 'build.json'), JSON.stringify(program))
    // Whoever built the same meanwhile may have been first.
    await rename(work, home).catch(() => {})
    const made = await known(home)
    if (made === null) throw new Error(`${home} does not hold the program that was built`)
    return { ...made, built: true }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** A program that an earlier build left; null where there is none, or it is not the one that was left. */
async function known(home: string): Promise<Omit<GoProgram, 'built'> | null> {
  const file = join(home, 'program')
  try {
    const { sha256, sdk } = JSON.parse(await readFile(join(home, 'build.json'), 'utf8'))
    if ((await sha256Of(file)) === sha256) return { file, sha256, sdk }
    await rm(home, { recursive: true, force: true })
  } catch {
    // Not there, or not whole.
  }
  return null
}

async function compile(
  { folder, pkg, modfile, tags, replaced }: GoOrder,
  work: string,
  signal?: AbortSignal,
): Promise<void> {
  const copy = join(work, 'go.mod')
  await cp(join(folder, modfile), copy)
  await cp(join(folder, modfile.replace(/\.mod$/, '.sum')), join(work, 'go.sum')).catch(() => {})
  const run = (...args: readonly string[]) => go(args, { folder, signal })
  if (replaced.length > 0) await run('mod', 'edit', ...replaced.map((one) => `-replace=${one}`), copy)
  const options = [
    `-modfile=${copy}`,
    '-mod=mod',
    '-trimpath',
    '-buildvcs=false',
    '-ldflags=-s -w',
    ...(tags.length > 0 ? [`-tags=${tags.join(',')}`] : []),
  ]
  await run('build', ...options, '-o', join(work, 'program'), pkg)
}

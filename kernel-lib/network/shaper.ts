import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { access, constants, readdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { AbsentError } from '../errors.ts'
import { cacheFolder } from './cache-folder.ts'

const execute = promisify(execFile)
const purpose = 'the shaper, which delays packets where the kernel has no netem,'
const install = 'install a C compiler with its headers (Debian: apt-get install gcc libc6-dev), or load sch_netem'

/**
 * Path of the user-space shaper's program: compiled by `cc` the first time, then kept in the user's cache by what its sources and the compiler are. Two calls at once are fine.
 *
 * @throws AbsentError where there is no compiler, or it has no headers.
 */
export async function compileShaper(): Promise<string> {
  const sources = await readSources()
  const compiler = await compilerVersion()
  const hash = createHash('sha256').update(compiler)
  for (const { name, text } of sources) hash.update(`\n${name}\n${text}`)
  const file = join(await cacheFolder(), `shaper-${hash.digest('hex').slice(0, 32)}`)
  if (!(await isProgram(file))) await compile(file)
  return file
}

/** Folder of the C sources, which stay where they are when this file is compiled into dist. */
function sourceFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('hoplab/package.json')), 'network', 'shaper')
}

async function readSources(): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const folder = sourceFolder()
  const names = (await readdir(folder)).filter((name) => /\.[ch]$/.test(name)).sort()
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })))
}

async function compilerVersion(): Promise<string> {
  return (await cc(['--version'])).stdout
}

async function compile(file: string): Promise<void> {
  const folder = sourceFolder()
  const sources = (await readdir(folder)).filter((name) => name.endsWith('.c')).map((name) => join(folder, name))
  const fresh = `${file}.${randomUUID()}`
  try {
    await cc(['-O2', '-o', fresh, ...sources])
    await rename(fresh, file)
  } finally {
    await rm(fresh, { force: true })
  }
}

async function cc(args: readonly string[]): Promise<{ readonly stdout: string }> {
  try {
    return await execute('cc', [...args], { env: { ...process.env, LC_ALL: 'C' } })
  } catch (error) {
    throw explained(error as Error & { readonly code?: string | number; readonly stderr?: string })
  }
}

function explained(error: Error & { readonly code?: string | number; readonly stderr?: string }): Error {
  if (error.code === 'ENOENT') return new AbsentError(`cc: not on PATH; ${purpose} is compiled by it: ${install}`)
  const header = /fatal error: ([^\s:]+): No such file/.exec(error.stderr ?? '')?.[1]
  if (header !== undefined)
    return new AbsentError(`cc: finds no header ${header}, which ${purpose} includes: ${install}`)
  return new Error(`cc cannot compile ${sourceFolder()}: ${error.stderr?.trim() || error.message}`, { cause: error })
}

async function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}

import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AbsentError } from '../../errors.ts'
import { libraryEnvironment } from '../cells/library.ts'

/** Name by which notebooks ask for this kernel: `metadata.kernelspec.name`. */
export const kernelName = 'hoplab'
/** Name that Jupyter shows. */
export const kernelDisplayName = 'TypeScript (hoplab)'

/** A kernelspec found on this machine. */
export interface InstalledKernel {
  readonly name: string
  readonly folder: string
  readonly displayName: string
  /** Whether it is this one: written by `installKernel`. */
  readonly ours: boolean
  /** Files that it starts and that are not there. */
  readonly missing: readonly string[]
}

/** Where Jupyter keeps a user's own kernels. */
export function userFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Jupyter')
  if (process.platform === 'win32') return join(env.APPDATA ?? homedir(), 'jupyter')
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'jupyter')
}

/** The folder of kernels below a prefix (a Python environment, `/usr/local`), or of the user. */
export function kernelsFolder(prefix: string | null): string {
  return join(prefix === null ? userFolder() : join(resolve(prefix), 'share', 'jupyter'), 'kernels')
}

/** Writes the kernelspec below `kernels` and resolves to its folder; one that is there is replaced. Needs neither Python nor root. */
export async function installKernel(kernels: string): Promise<string> {
  const folder = join(kernels, kernelName)
  await mkdir(folder, { recursive: true })
  const partial = join(folder, `.kernel.json.${process.pid}`)
  await writeFile(partial, `${JSON.stringify(kernelspec(), null, 1)}\n`)
  await rename(partial, join(folder, 'kernel.json'))
  return folder
}

/** Removes the kernelspec. Resolves to its folder, or null where there was none. */
export async function uninstallKernel(kernels: string): Promise<string | null> {
  const folder = join(kernels, kernelName)
  if (!existsSync(join(folder, 'kernel.json'))) return null
  await rm(folder, { recursive: true })
  return folder
}

/** The kernelspecs in the folders given; without them in those that Jupyter looks into (of the user, of JUPYTER_PATH, of the system). */
export async function listKernels(folders: readonly string[] = jupyterFolders()): Promise<InstalledKernel[]> {
  const found: InstalledKernel[] = []
  for (const kernels of folders)
    for (const name of await readdir(kernels).catch(() => [] as string[])) {
      const folder = join(kernels, name)
      const text = await readFile(join(folder, 'kernel.json'), 'utf8').catch(() => null)
      if (text !== null) found.push(describeKernel(name, folder, text))
    }
  return found
}

function kernelspec(): object {
  const here = fileURLToPath(import.meta.url)
  const program = fileURLToPath(
    new URL(here.endsWith('.ts') ? '../../dist/kernel/jupyter/jupyter.js' : './jupyter.js', import.meta.url),
  )
  if (!existsSync(program)) throw new AbsentError(`${program}: is not there; compile it with: npm run build`)
  return {
    argv: [process.execPath, '--disable-warning=ExperimentalWarning', program, '{connection_file}'],
    display_name: kernelDisplayName,
    language: 'typescript',
    env: libraryEnvironment(''),
    interrupt_mode: 'signal',
    metadata: { hoplab: true },
  }
}

function jupyterFolders(): string[] {
  const fromPath = (process.env.JUPYTER_PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const roots = [...fromPath, userFolder(), '/usr/local/share/jupyter', '/usr/share/jupyter']
  return [...new Set(roots)].map((folder) => join(folder, 'kernels'))
}

function describeKernel(name: string, folder: string, text: string): InstalledKernel {
  const spec = parseSpec(text)
  const files = spec.argv.filter((word) => /^(\/|[A-Za-z]:\\)/.test(word))
  return {
    name,
    folder,
    displayName: spec.display_name,
    ours: spec.metadata?.hoplab === true,
    missing: files.filter((file) => !existsSync(file)),
  }
}

function parseSpec(text: string): { argv: string[]; display_name: string; metadata?: { hoplab?: boolean } } {
  try {
    const json = JSON.parse(text)
    return { ...json, argv: json.argv ?? [], display_name: json.display_name ?? '' }
  } catch {
    return { argv: [], display_name: 'kernel.json is not JSON' }
  }
}

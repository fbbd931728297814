import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Workspace } from '../command.ts'
import { readManifest } from '../composition/manifest-file.ts'
import { suggest } from '../composition/nearest.ts'
import { InputError } from '../errors.ts'
import type { Plan } from '../harness/harness.ts'

/** A plan on disk and what the reader of its manifest passed over. */
export interface FoundPlan {
  readonly plan: Plan
  readonly warnings: readonly string[]
}

/**
 * Reads the plan in a folder.
 *
 * @param shown The folder as messages name it. Default: from the current folder.
 * @throws InputError when its manifest is missing or wrong.
 */
export async function readPlan(folder: string, shown: string = relative(process.cwd(), folder)): Promise<FoundPlan> {
  const text = await readFile(join(folder, 'manifest.toml'), 'utf8')
  const { manifest, warnings } = readManifest(text, join(shown, 'manifest.toml'))
  return { plan: { manifest, folder }, warnings }
}

/**
 * Every plan of the workspace, by name.
 *
 * @throws InputError that says what is wrong in every manifest that cannot be read.
 */
export async function listPlans(workspace: Workspace): Promise<readonly Plan[]> {
  const tried = await Promise.allSettled((await planFolders(workspace)).map((folder) => readPlan(folder)))
  const faults = tried.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []))
  const [other] = faults.filter((fault) => !(fault instanceof InputError))
  if (other !== undefined) throw other
  if (faults.length > 0) throw new InputError(faults.map((fault) => fault.message).join('\n'))
  return tried
    .flatMap((result) => (result.status === 'fulfilled' ? [result.value.plan] : []))
    .sort((a, b) => (a.manifest.name < b.manifest.name ? -1 : 1))
}

/**
 * One plan, by the path of its folder below a plans folder, else by the name in its manifest.
 *
 * @throws InputError for an unknown one, with the names there are.
 */
export async function loadPlan(name: string, workspace: Workspace): Promise<FoundPlan> {
  const folders = await planFolders(workspace)
  const named = folders.find((folder) => folderNames(folder, workspace).includes(name))
  if (named !== undefined) return readPlan(named)
  const plans = await listPlans(workspace)
  const plan = plans.find(({ manifest }) => manifest.name === name)
  if (plan !== undefined) return readPlan(plan.folder)
  const names = plans.map(({ manifest }) => manifest.name)
  throw new InputError(`plan: unknown plan "${name}"; ${suggest(name, names, 'there are')}`)
}

function folderNames(folder: string, workspace: Workspace): readonly string[] {
  return workspace.plans.map((root) => relative(root, folder).split(sep).join('/'))
}

async function planFolders(workspace: Workspace): Promise<readonly string[]> {
  return (await Promise.all(workspace.plans.map((folder) => below(folder, 3)))).flat()
}

/** Folders with a manifest, at most `depth` levels down; what lies in a plan is the plan's. */
async function below(folder: string, depth: number): Promise<readonly string[]> {
  if (existsSync(join(folder, 'manifest.toml'))) return [folder]
  if (depth === 0 || !existsSync(folder)) return []
  if (!(await stat(folder)).isDirectory()) return []
  const names = (await readdir(folder)).filter((name) => !/^(\..*|node_modules|dist)$/.test(name))
  return (await Promise.all(names.map((name) => below(join(folder, name), depth - 1)))).flat()
}

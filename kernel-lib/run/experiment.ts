import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve as resolvePath } from 'node:path'
import type { Workspace } from '../command.ts'
import type { Composition } from '../composition/composition.ts'
import type { Draft } from '../composition/draft.ts'
import type { Overrides } from '../composition/overrides.ts'
import type { Packaging } from '../composition/packaging/packaging.ts'
import { refuseAny } from '../composition/problems.ts'
import { readComposition } from '../composition/read.ts'
import { readObject } from '../composition/read-composition.ts'
import { resolve } from '../composition/resolve.ts'
import type { RunSpec } from '../composition/spec.ts'
import { InputError } from '../errors.ts'
import type { Plan } from '../harness/harness.ts'
import { type FoundPlan, loadPlan, readPlan } from './plans.ts'
import { runsFolderOf } from './runs-folder.ts'
import { findWorkspace } from './workspace.ts'

/** A composition checked against its plan: all that `run` needs. */
export interface Experiment {
  readonly plan: Plan
  /** `exec`, `docker`, `sim`, or a runner of Testground's that we have not (`cluster:k8s`), which is refused when it is run. */
  readonly runner: string
  /** One per repetition, or per run of a Testground composition; at least one. */
  readonly specs: readonly RunSpec[]
  /** How each of the specs is packed, in their order. */
  readonly packaging: readonly Packaging[]
  /** The composition as TOML. */
  readonly source: string
  /** What was passed over, one line each. */
  readonly warnings: readonly string[]
}

/** What is said beside a composition. */
export interface PrepareOptions extends Overrides {
  /** Where plans are looked for. Default: the workspace around the current folder. */
  readonly workspace?: Workspace
  /** What Testground's templates see as `.Env`. Default: the environment. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/**
 * Reads a composition, finds its plan and checks the one against the other. A file's plan is the one whose folder it lies
 * in (`manifest.toml` beside it or in one of the two folders above, under the plan's name), else the workspace's.
 *
 * @param source A composition, or the path of a TOML file, ours or Testground's: from the current folder, else from the workspace's root.
 * @throws InputError that lists everything wrong, with the values allowed.
 */
export async function prepare(source: Composition | string, options: PrepareOptions = {}): Promise<Experiment> {
  const { workspace = findWorkspace(), env = process.env, ...overrides } = options
  const path = typeof source === 'string' ? findFile(source, workspace) : null
  const resource = reading((name) => findPlace(name, workspace) ?? resolvePath(name))
  const draft = path === null ? readObject(source as Composition, resource) : readFile(path, env)
  const { plan, warnings } = await planOf(draft, { path, workspace })
  const { specs, packaging, runner, source: text, ...rest } = resolve(draft, plan.manifest, overrides)
  return { plan, runner, specs, packaging, source: text, warnings: [...warnings, ...rest.warnings] }
}

/** A path from the current folder, else from the workspace's root; undefined where neither is there. */
function findPlace(path: string, { root }: Workspace): string | undefined {
  return [resolvePath(path), resolvePath(root, path)].find((place) => existsSync(place))
}

function findFile(path: string, workspace: Workspace): string {
  const found = findPlace(path, workspace)
  if (found === undefined)
    throw new InputError(
      `${path}: there is no such file; write the path of a composition from here or from the workspace's root`,
    )
  if (statSync(found).isDirectory())
    throw new InputError(`${path}: is a folder; write the path of a composition, a TOML file`)
  return found
}

function readFile(path: string, env: Readonly<Record<string, string | undefined>>): Draft {
  const file = relative(process.cwd(), path)
  const resource = reading((name) => resolvePath(dirname(path), name))
  return readComposition(readFileSync(path, 'utf8'), { file, env: defined(env), resource })
}

/** Reads files by the places of their names; those of a run also by its id. */
function reading(placeOf: (name: string) => string): (name: string) => string {
  return (name) => {
    const place = placeOf(name)
    const ofRun = /^[0-9A-HJKMNP-TV-Z]{26}\//.test(name) && !existsSync(place)
    return readFileSync(ofRun ? join(runsFolderOf(), name) : place, 'utf8')
  }
}

function defined(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** The plan of a draft; where it cannot be found that is told with all else that is wrong. */
async function planOf(
  draft: Draft,
  { path, workspace }: { path: string | null; workspace: Workspace },
): Promise<FoundPlan> {
  if (draft.plan === '') refuseAny(draft.file, draft.problems)
  const around = path === null ? null : await planAround(dirname(path), draft.plan)
  if (around !== null) return around
  try {
    return await loadPlan(draft.plan, workspace)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    refuseAny(draft.file, [...draft.problems, { where: '', what: error.message }])
    throw error
  }
}

async function planAround(folder: string, name: string): Promise<FoundPlan | null> {
  const folders = [folder, dirname(folder), dirname(dirname(folder))]
  const nearest = folders.find((candidate) => existsSync(join(candidate, 'manifest.toml')))
  if (nearest === undefined) return null
  const found = await readPlan(nearest)
  return [name, name.split('/').at(-1)].includes(found.plan.manifest.name) ? found : null
}

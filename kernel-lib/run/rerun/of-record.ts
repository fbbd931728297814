import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Workspace } from '../../command.ts'
import { specHash } from '../../composition/hash.ts'
import type { Overrides } from '../../composition/overrides.ts'
import type { Packaging } from '../../composition/packaging/packaging.ts'
import { remark, withoutRemark } from '../../composition/remark.ts'
import { withSeed } from '../../composition/seed.ts'
import { InputError } from '../../errors.ts'
import { type Experiment, prepare } from '../experiment.ts'
import type { RunRecord } from '../record.ts'

/** What a run is repeated with. */
interface OfRecord {
  /** Null is the run's own. */
  readonly seed: number | null
  readonly workspace: Workspace | undefined
}

/** An experiment whose one spec a record holds, and whether its composition still gives that spec. */
export interface Repeatable {
  readonly experiment: Experiment
  /** False where the plan's manifest has changed what the composition means. */
  readonly sameSpec: boolean
}

/**
 * The experiment of a recorded run: the record's spec, under another seed where one is given; its plan as the workspace has it now; its packaging as the composition in the run's folder says it.
 *
 * @throws InputError where the run was imported, its composition is gone, or its plan is gone or takes it no longer.
 */
export async function ofRecord(record: RunRecord, folder: string, { seed, workspace }: OfRecord): Promise<Repeatable> {
  const { run, spec, harness } = record
  if (record.imported !== null)
    throw new InputError(
      `run ${run}: was imported from ${record.imported.file}, and what made it is not here; hoplab show ${run} tells what was measured`,
    )
  const file = join(folder, 'composition.toml')
  if (!existsSync(file))
    throw new InputError(
      `run ${run}: its composition.toml is not in ${folder}; bring the whole run: hoplab pull ${run}`,
    )
  const found = await resolveAgain(record, file, workspace)
  const packaging = found.experiment.packaging[found.at] as Packaging
  const packed = spec.groups.every(({ id }) => packaging.groups[id] !== undefined)
  if (!packed)
    throw new InputError(`run ${run}: its composition.toml has other groups than its record; one of them was altered`)
  return {
    experiment: {
      plan: found.experiment.plan,
      runner: harness,
      specs: [seed === null ? spec : withSeed(spec, seed)],
      packaging: [packaging],
      source: seed === null ? found.source : `${remark({ ...found.overrides, seed })}${found.text}`,
      warnings: [],
    },
    sameSpec: found.sameSpec,
  }
}

interface Found {
  readonly experiment: Experiment
  /** Which of its specs is the run's. */
  readonly at: number
  readonly sameSpec: boolean
  readonly source: string
  /** What the composition was run with, and its text without the remark that says so. */
  readonly overrides: Overrides
  readonly text: string
}

/** Finds the run's spec among those that its composition gives: with what the remark above it says, or without where the remark is of an earlier run. */
async function resolveAgain(record: RunRecord, file: string, workspace: Workspace | undefined): Promise<Found> {
  const source = readFileSync(file, 'utf8')
  const remarked = withoutRemark(source)
  const ways = [remarked, { overrides: {}, text: source }]
  const tried: Found[] = []
  for (const { overrides, text } of ways) {
    const given = { ...overrides, runner: record.harness, ...(workspace && { workspace }) }
    const experiment = await prepare(file, given).catch((error) => cannot(record, error))
    const at = experiment.specs.findIndex((spec) => specHash(spec) === record.specHash)
    const found = { experiment, at: Math.max(at, 0), sameSpec: at >= 0, source, overrides, text }
    if (found.sameSpec) return found
    tried.push(found)
  }
  return tried[0] as Found
}

function cannot({ run, spec }: RunRecord, error: unknown): never {
  if (!(error instanceof InputError)) throw error
  throw new InputError(
    `run ${run}: cannot be repeated here, where plan ${spec.plan} is gone or takes its composition no longer:\n${error.message}`,
  )
}

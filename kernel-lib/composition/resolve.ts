import type { Params } from '@hoplab/sdk'
import { countGroups } from './counts.ts'
import type { Draft, GroupDraft, RunDraft } from './draft.ts'
import type { CaseSpec, Manifest } from './manifest.ts'
import { type Overrides, override } from './override.ts'
import { typeParam, wanted } from './params.ts'
import { type Problem, refuseAny, unknownName } from './problems.ts'
import { repetitionSeed } from './seed.ts'
import type { GroupSpec, RunSpec } from './spec.ts'

/** A composition with nothing left to decide. */
export interface Resolved {
  /** Runs in the order in which they run; each repeated with derived seeds, repetitions of one run together. */
  readonly specs: readonly RunSpec[]
  readonly runner: string
  /** TOML text, for the run folder. */
  readonly source: string
  readonly warnings: readonly string[]
}

/** Time-out of an instance where neither the composition nor a parameter says one, ms: that of Testground's tasks. */
const defaultTimeoutMs = 600_000
/** How much longer than the program's own `timeout_secs` we wait, so that its word comes first. */
const graceMs = 60_000

/**
 * Holds a composition against its plan's manifest. Pure.
 *
 * @throws InputError that lists everything wrong in the composition and in what overrides it.
 */
export function resolve(draft: Draft, manifest: Manifest, overrides: Overrides = {}): Resolved {
  const spec = Object.hasOwn(manifest.cases, draft.case) ? manifest.cases[draft.case] : undefined
  const composition = override(draft, overrides, spec)
  const problems: Problem[] = [...composition.problems]
  if (spec === undefined && draft.case !== '')
    problems.push({
      where: 'case',
      ...unknownName(`case "${draft.case}"`, draft.case, {
        names: Object.keys(manifest.cases),
        of: `cases of plan ${manifest.name}`,
      }),
    })
  const runs = spec === undefined ? [] : composition.runs.map((run) => resolveRun(run, { spec, manifest, problems }))
  refuseAny(draft.file, problems)
  const { repetitions, seed, network } = composition
  const specs = runs.flatMap((groups) =>
    Array.from(
      { length: repetitions },
      (_, index): RunSpec => ({
        schema: 'hoplab/spec/1',
        plan: manifest.name,
        case: draft.case,
        seed: repetitionSeed(seed, index),
        groups,
        network,
        timeoutMs: composition.timeoutMs ?? timeoutOf(groups),
      }),
    ),
  )
  return {
    specs,
    runner: composition.runner,
    source: composition.source(),
    warnings: [...draft.warnings, ...leftOut(composition)],
  }
}

interface Against {
  readonly spec: CaseSpec
  readonly manifest: Manifest
  readonly problems: Problem[]
}

function resolveRun(run: RunDraft, against: Against): readonly GroupSpec[] {
  const { spec, problems } = against
  const counts = countGroups(run, problems)
  const groups = run.groups.map((group, index) => ({
    id: group.id,
    count: counts?.[index] ?? 0,
    role: resolveRole(group, against),
    version: resolveVersion(group, against),
    params: resolveParams(group, against),
  }))
  const total = groups.reduce((sum, group) => sum + group.count, 0)
  const { min, max } = spec.instances
  if (counts !== null && (total < min || total > max)) {
    const takes = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `${min} to ${max}`
    problems.push({ where: `${run.where}instances`, what: `${total} in all; case ${spec.name} takes ${takes}` })
  }
  return groups.filter((group) => group.count > 0)
}

function resolveRole({ role, where }: GroupDraft, { spec, problems }: Against): string {
  if (role !== '' && !spec.roles.includes(role))
    problems.push({
      where: `${where}.role`,
      ...unknownName(`role "${role}"`, role, { names: spec.roles, of: `roles of case ${spec.name}` }),
    })
  return role
}

/** Testground's Go plans bring no program and declare no versions: theirs are not known here, and whoever runs the plan refuses them. */
function resolveVersion({ version, where }: GroupDraft, { manifest, problems }: Against): string {
  const known = manifest.program !== null || manifest.versions.length > 0
  if (version !== '' && known && !manifest.versions.includes(version))
    problems.push({
      where: `${where}.version`,
      ...unknownName(`version "${version}"`, version, {
        names: manifest.versions,
        of: `versions of plan ${manifest.name}`,
      }),
    })
  return version
}

function resolveParams({ params, where }: GroupDraft, { spec, problems }: Against): Params {
  const takes = { names: Object.keys(spec.params), of: `parameters of case ${spec.name}` }
  for (const [name, given] of params)
    if (!Object.hasOwn(spec.params, name))
      problems.push({ where: given.where, ...unknownName('parameter', name, takes) })
  return Object.fromEntries(
    Object.entries(spec.params).flatMap(([name, param]) => {
      const given = params.get(name)
      if (given !== undefined) {
        const typed = typeParam(param, given)
        if ('value' in typed) return [[name, typed.value]]
        problems.push({ where: given.where, what: typed.fault })
      } else if (param.default !== null) {
        return [[name, param.default]]
      } else {
        problems.push({
          where: `${where}.params.${name}`,
          what: `is missing and has no default; write ${wanted(param)}`,
        })
      }
      return []
    }),
  )
}

function timeoutOf(groups: readonly GroupSpec[]): number {
  const own = groups.map((group) => Number(group.params.timeout_secs)).filter((seconds) => seconds > 0)
  return own.length === 0 ? defaultTimeoutMs : Math.max(...own) * 1000 + graceMs
}

function leftOut(draft: Draft): readonly string[] {
  return draft.runs.flatMap((run) =>
    run.groups
      .filter((group) => run.rounding === 'each' && (group.count ?? 0) === 0 && (group.share ?? 0) === 0)
      .map((group) => `${draft.file}: ${group.where}: has no instance and is left out`),
  )
}

import type { Params } from '@hoplab/sdk'
import { countGroups } from './counts.ts'
import type { DecidedDraft, Draft, GroupDraft, RunDraft } from './draft.ts'
import { instanceCount, nodeCount } from './groups.ts'
import type { CaseSpec, Manifest } from './manifest.ts'
import { override } from './override.ts'
import type { Overrides } from './overrides.ts'
import { programBuilder } from './packaging/builders.ts'
import type { GroupPackaging, Packaging } from './packaging/packaging.ts'
import { type PackagingContext, resolveGroup, resolveSettings } from './packaging/resolve-packaging.ts'
import { versionName } from './packaging/version-name.ts'
import { typeParam, wanted } from './params.ts'
import { type Problem, refuseAny, unknownName } from './problems.ts'
import { repetitionSeed } from './seed.ts'
import type { GroupSpec, RunSpec } from './spec.ts'
import { resolveStart } from './start/resolve-start.ts'

/** A composition with nothing left to decide. */
export interface Resolved {
  /** Runs in the order in which they run; each repeated with derived seeds, repetitions of one run together. */
  readonly specs: readonly RunSpec[]
  /** How each of the specs is packed, in their order. */
  readonly packaging: readonly Packaging[]
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
  const composition = decide(override(draft, overrides, spec), manifest)
  const problems: Problem[] = [...composition.problems]
  if (spec === undefined && draft.case !== '')
    problems.push({
      where: 'case',
      ...unknownName(`case "${draft.case}"`, draft.case, {
        names: Object.keys(manifest.cases),
        of: `cases of plan ${manifest.name}`,
      }),
    })
  const against = { draft: composition, manifest, problems, warnings: [] }
  const runs = spec === undefined ? [] : composition.runs.map((run) => resolveRun(run, { ...against, spec }))
  const sizes = runs.map(({ groups }) => nodeCount({ groups }))
  const start = resolveStart(composition.start, { spec, sizes, problems })
  refuseAny(draft.file, problems)
  const { repetitions, seed, network, topology } = composition
  const specs = runs.flatMap(({ groups }) =>
    Array.from(
      { length: repetitions },
      (_, index): RunSpec => ({
        schema: 'hoplab/spec/4',
        plan: manifest.name,
        case: draft.case,
        seed: repetitionSeed(seed, index),
        groups,
        network,
        topology,
        start: start(repetitionSeed(seed, index)),
        timeoutMs: composition.timeoutMs ?? timeoutOf(groups),
      }),
    ),
  )
  const settings = resolveSettings(composition, manifest)
  return {
    specs,
    packaging: runs.flatMap(({ packed }) =>
      Array.from({ length: repetitions }, (): Packaging => ({ groups: packed, settings })),
    ),
    runner: composition.runner,
    source: composition.source(),
    warnings: [...draft.warnings, ...new Set(against.warnings), ...leftOut(composition)],
  }
}

/** The runner that is named, else the simulator where the plan can be simulated, else processes. */
function decide(draft: Draft, { simulates }: Manifest): DecidedDraft {
  return { ...draft, runner: draft.runner ?? (simulates ? 'sim' : 'exec') }
}

interface Against extends PackagingContext {
  readonly spec: CaseSpec
}

interface ResolvedRun {
  readonly groups: readonly GroupSpec[]
  readonly packed: Readonly<Record<string, GroupPackaging>>
}

function resolveRun(run: RunDraft, against: Against): ResolvedRun {
  const { spec, problems } = against
  const counts = countGroups(run, problems)
  const packed = Object.fromEntries(run.groups.map((group) => [group.id, resolveGroup(group, against)]))
  const groups = run.groups.map((group, index) => ({
    id: group.id,
    count: counts?.[index] ?? 0,
    program: group.program,
    role: resolveRole(group, against),
    version: resolveVersion(group, { ...against, builder: packed[group.id]?.builder ?? null }),
    params: resolveParams(group, against),
    region: group.region,
    reach: group.reach,
    life: group.life,
    clock: group.clock,
  }))
  if (counts !== null) problems.push(...wrongSize(run, groups, spec))
  return { groups: groups.filter((group) => group.count > 0), packed }
}

/** Nodes of the population take part, so that the least number is of them too. */
function wrongSize(run: RunDraft, groups: readonly GroupSpec[], { name, instances }: CaseSpec): readonly Problem[] {
  const { min, max } = instances
  const [nodes, total] = [nodeCount({ groups }), instanceCount({ groups })]
  if (nodes >= min && total <= max) return []
  const takes = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `${min} to ${max}`
  return [{ where: `${run.where}instances`, what: `${total} in all; case ${name} takes ${takes}` }]
}

function resolveRole({ role, where }: GroupDraft, { spec, problems }: Against): string {
  if (role !== '' && !spec.roles.includes(role))
    problems.push({
      where: `${where}.role`,
      ...unknownName(`role "${role}"`, role, { names: spec.roles, of: `roles of case ${spec.name}` }),
    })
  return role
}

/** The version that a group names, then what it is built of. What is named must be offered; what is built of needs a builder, for the program that a plan brings is the same whatever is asked. */
function resolveVersion(
  { version, build, where }: GroupDraft,
  { draft, manifest, problems, builder }: Against & { readonly builder: string | null },
): string {
  const built = versionName(build, draft.build)
  const builds = builder !== programBuilder
  for (const name of [version, ...(builds ? [] : [built])].filter((one) => one !== ''))
    if (!manifest.versions.includes(name))
      problems.push({
        where: `${where}.version`,
        ...unknownName(`version "${name}"`, name, {
          names: manifest.versions,
          of: `versions of plan ${manifest.name}`,
        }),
      })
  return [version, built].filter((name) => name !== '').join('+')
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

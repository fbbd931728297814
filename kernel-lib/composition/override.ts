import type { Draft, RunDraft } from './draft.ts'
import type { CaseSpec } from './manifest.ts'
import type { Overrides } from './overrides.ts'
import type { Given } from './params.ts'
import { between } from './params.ts'
import type { Problem } from './problems.ts'
import { remark } from './remark.ts'
import { runnerName, unknownRunner } from './runners.ts'

/** Names in `params` that are the composition's own. */
export const compositionParams = ['nodes', 'repetitions'] as const

/** The composition as if it had been written with the overrides. */
export function override(draft: Draft, overrides: Overrides, spec: CaseSpec | undefined): Draft {
  const problems: Problem[] = [...draft.problems]
  const special = (name: string): boolean =>
    compositionParams.some((known) => known === name) && !Object.hasOwn(spec?.params ?? {}, name)
  const entries = Object.entries(overrides.params ?? {})
  const given = new Map<string, Given>(
    entries
      .filter(([name]) => !special(name))
      .map(([name, value]) => [name, { value, text: true, where: `-p ${name}` }]),
  )
  const whole = (name: string): number | null => {
    const text = special(name) ? overrides.params?.[name] : undefined
    return text === undefined ? null : wholeNumber(text, { where: `-p ${name}`, min: 1, problems })
  }
  const nodes = whole('nodes')
  const runs = draft.runs
    .map((run) => (nodes === null ? run : withNodes(run, nodes, problems)))
    .map((run) => ({
      ...run,
      groups: run.groups.map((group) => ({ ...group, params: new Map([...group.params, ...given]) })),
    }))
  return {
    ...draft,
    runs,
    repetitions: whole('repetitions') ?? draft.repetitions,
    seed:
      overrides.seed === undefined
        ? draft.seed
        : (wholeNumber(String(overrides.seed), { where: 'seed', min: 0, problems }) ?? 1),
    runner: overrides.runner === undefined ? draft.runner : ourRunner(overrides.runner, problems),
    source: () => `${remark(overrides)}${draft.source()}`,
    problems,
  }
}

function wholeNumber(
  text: string,
  { where, min, problems }: { where: string; min: number; problems: Problem[] },
): number | null {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(value) && value >= min) return value
  problems.push({ where, what: `is "${text}"; write a whole number${between(min, null)}` })
  return null
}

/** A single group has so many; where all groups are shares, or all that run no program, the total is so many. */
function withNodes(run: RunDraft, nodes: number, problems: Problem[]): RunDraft {
  const [only, ...others] = run.groups
  if (only !== undefined && others.length === 0)
    return { ...run, total: null, groups: [{ ...only, count: nodes, share: null }] }
  const population = run.groups.filter(({ program }) => !program)
  const sharers = population.length === 0 ? run.groups : population
  if (sharers.every((group) => group.count === null && group.share !== null)) return { ...run, total: nodes }
  const ids = run.groups.map((group) => group.id).join(', ')
  problems.push({
    where: '-p nodes',
    what: `does not say which of ${ids} to count; write shares and a total in the composition`,
  })
  return run
}

function ourRunner(name: string, problems: Problem[]): string {
  const runner = runnerName(name)
  if (runner === null) problems.push({ where: '--runner', what: unknownRunner(name) })
  return runner ?? name
}

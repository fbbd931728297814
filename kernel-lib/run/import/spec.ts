import type { Params, ParamValue } from '@hoplab/sdk'
import type { GroupSpec, RunSpec } from '../../composition/spec.ts'
import { plainTopology, plainWorld } from '../../composition/world/plain.ts'
import { InputError } from '../../errors.ts'
import type { Printed, Start } from './printed.ts'
import type { ArchivedFile } from './unpacked.ts'

/** Group that stands for instances of which the archive tells nothing but that they were there. */
export const unknownGroup = 'not-in-the-archive'
const testgroundTimeoutMs = 600_000

/**
 * The spec of a foreign run, as far as its start events tell. A group's parameters are typed by what they look like; the seed is 0 where no parameter `seed` names it;
 * the time-out is the parameter `timeout_secs`, else Testground's ten minutes; the network is null, since nothing recorded how the links were shaped.
 *
 * @param instances What was printed by instance, as `<group>/<index>`.
 * @throws InputError when no instance has a start event, or they contradict each other.
 */
export function specOf(files: readonly ArchivedFile[], instances: ReadonlyMap<string, Printed>): RunSpec {
  const starts = [...instances.values()].flatMap(({ start }) => (start === null ? [] : [start]))
  const [first] = starts
  if (first === undefined)
    throw new InputError('no run.out in it has a start event; give the .tgz that testground collect wrote')
  const conflicts = [
    ...differing(
      'plan',
      starts.map((start) => start.plan),
    ),
    ...differing(
      'case',
      starts.map((start) => start.case),
    ),
    ...differing(
      'number of instances',
      starts.map((start) => start.instances),
    ),
  ]
  const names = [...new Set(files.map(({ group }) => group))].sort()
  const groups = names.map((id) =>
    groupOf(
      id,
      files,
      starts.filter(({ group }) => group === id),
    ),
  )
  conflicts.push(...groups.flatMap((group) => group.conflicts))
  if (conflicts.length > 0) throw new InputError(`its start events contradict each other: ${conflicts.join('; ')}`)
  const specs = withUnknown(
    groups.map(({ spec }) => spec),
    first.instances,
  )
  const given = firstNumber(starts, 'timeout_secs')
  return {
    schema: 'hoplab/spec/4',
    plan: first.plan,
    case: first.case,
    seed: firstNumber(starts, 'seed') ?? 0,
    groups: specs,
    network: null,
    topology: plainTopology,
    start: null,
    timeoutMs: given === null ? testgroundTimeoutMs : given * 1000,
  }
}

function groupOf(
  id: string,
  files: readonly ArchivedFile[],
  starts: readonly Start[],
): { spec: GroupSpec; conflicts: readonly string[] } {
  const [start] = starts
  const seen = 1 + files.reduce((most, file) => (file.group === id ? Math.max(most, file.index) : most), -1)
  const conflicts = [
    ...differing(
      `parameters of group ${id}`,
      starts.map(({ params }) => JSON.stringify(sorted(params))),
    ),
    ...differing(
      `instances of group ${id}`,
      starts.map(({ groupInstances }) => groupInstances),
    ),
    ...(start !== undefined && seen > start.groupInstances
      ? [`group ${id} has an instance ${seen - 1} and says it has ${start.groupInstances} instances`]
      : []),
  ]
  const count = start?.groupInstances ?? seen
  const spec = { id, count, program: true, role: '', version: '', params: typed(start?.params ?? {}), ...plainWorld }
  return { spec, conflicts }
}

function withUnknown(groups: readonly GroupSpec[], instances: number): readonly GroupSpec[] {
  const missing = instances - groups.reduce((sum, { count }) => sum + count, 0)
  if (missing < 0)
    throw new InputError(`its start events say ${instances} instances, and its groups have ${instances - missing}`)
  const unknown = { id: unknownGroup, count: missing, program: true, role: '', version: '', params: {}, ...plainWorld }
  return missing === 0 ? groups : [...groups, unknown]
}

function differing(what: string, values: readonly (string | number)[]): string[] {
  const distinct = [...new Set(values)]
  return distinct.length > 1 ? [`${what} is ${distinct.slice(0, 3).join(' and ')}`] : []
}

function sorted(params: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))
}

function typed(params: Readonly<Record<string, string>>): Params {
  return Object.fromEntries(sorted(params).map(([name, text]) => [name, value(text)]))
}

function value(text: string): ParamValue {
  if (text === 'true' || text === 'false') return text === 'true'
  // Only text that the number prints as again: an id with leading zeros stays text.
  return String(Number(text)) === text && Number.isFinite(Number(text)) ? Number(text) : text
}

function firstNumber(starts: readonly Start[], param: string): number | null {
  const texts = starts.map(({ params }) => params[param]).filter((text) => text !== undefined && text.trim() !== '')
  const numbers = texts.map(Number).filter((number) => Number.isSafeInteger(number) && number >= 0)
  return numbers[0] ?? null
}

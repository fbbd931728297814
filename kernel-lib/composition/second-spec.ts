import type { GroupSpec } from './spec.ts'
import type { ThirdSpec } from './third-spec.ts'

/** A spec before warm starts and nodes without program, as runs recorded it. */
export interface SecondSpec extends Omit<ThirdSpec, 'schema' | 'groups' | 'start'> {
  readonly schema: 'hoplab/spec/2'
  readonly groups: readonly Omit<GroupSpec, 'program'>[]
}

/** A second spec as a third: it starts cold, and all its groups run the program. */
export function fromSecond(spec: SecondSpec): ThirdSpec {
  const groups = spec.groups.map((group) => ({ ...group, program: true }))
  return { ...spec, schema: 'hoplab/spec/3', groups, start: null }
}

/** The spec without what a second one did not have; null where it says something there. */
export function secondSpec({ start, ...spec }: ThirdSpec): SecondSpec | null {
  if (start !== null || !spec.groups.every(({ program }) => program)) return null
  const groups = spec.groups.map(({ program: _, ...group }) => group)
  return { ...spec, schema: 'hoplab/spec/2', groups }
}

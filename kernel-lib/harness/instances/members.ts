import { programGroups } from '../../composition/groups.ts'
import type { GroupSpec, RunSpec } from '../../composition/spec.ts'

/** An instance before it is started. */
export interface Member {
  readonly group: GroupSpec
  readonly index: number
  /** Position among all instances, from 1. */
  readonly seq: number
}

/** Every instance of a spec, in its order: nodes of the population that run no program come after them. */
export function membersOf(spec: RunSpec): readonly Member[] {
  return programGroups(spec)
    .flatMap((group) => Array.from({ length: group.count }, (_, index) => ({ group, index })))
    .map((member, at) => ({ ...member, seq: at + 1 }))
}

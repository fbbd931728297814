import type { GroupSpec, RunSpec } from '../../composition/spec.ts'

/** An instance before it is started. */
export interface Member {
  readonly group: GroupSpec
  readonly index: number
  /** Position among all instances, from 1. */
  readonly seq: number
}

/** Every instance of a spec, in its order. */
export function membersOf(spec: RunSpec): readonly Member[] {
  return spec.groups
    .flatMap((group) => Array.from({ length: group.count }, (_, index) => ({ group, index })))
    .map((member, at) => ({ ...member, seq: at + 1 }))
}

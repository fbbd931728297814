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

/**
 * Deals instances to processes: at most `perProcess` to each, and no fewer processes than cores while there are instances for them.
 * Neighbours in the spec share a process.
 */
export function share(
  members: readonly Member[],
  { perProcess, cores }: { perProcess: number; cores: number },
): readonly (readonly Member[])[] {
  const size = Math.max(1, Math.min(perProcess, Math.ceil(members.length / cores)))
  return Array.from({ length: Math.ceil(members.length / size) }, (_, at) => members.slice(at * size, (at + 1) * size))
}

import type { Member } from '../instances/members.ts'

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

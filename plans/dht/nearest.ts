import { compareDistance, type Key } from '@hoplab/sdk'
import type { Member } from './members.ts'

/** Whether other nodes can hold it in their tables: a server that can be dialed, be it through a relay. */
export function isEligible(member: Member): boolean {
  return member.role === 'server' && member.wayIn !== 'none'
}

/** The k members truly nearest to a key that tables can hold, nearest first. */
export function nearestMembers(members: readonly Member[], key: Key, k: number): Member[] {
  return members
    .filter(isEligible)
    .toSorted((a, b) => compareDistance(key, a.key, b.key))
    .slice(0, k)
}

/** Share of a node's own k nearest peers that its table holds, 0 to 1 (entry R5 asks how many nodes reach 1); 1 where there are none. */
export function shareKnown(
  self: Member,
  {
    members,
    table,
    k,
  }: { readonly members: readonly Member[]; readonly table: ReadonlySet<string>; readonly k: number },
): number {
  const nearest = nearestMembers(
    members.filter(({ seq }) => seq !== self.seq),
    self.key,
    k,
  )
  if (nearest.length === 0) return 1
  return nearest.filter(({ peer }) => table.has(peer)).length / nearest.length
}

import type { GroupDraft, RunDraft } from './draft.ts'
import type { Problem } from './problems.ts'

/**
 * Nodes of each group of a run, in its order. A group's own count stands; shares are of the total, and where a group runs no program of what counts leave of it. Ours are given out by
 * largest remainder, so that shares that sum to one always add up; Testground's are each rounded, half away from zero.
 *
 * @returns Null where they do not add up; the problems then say how.
 */
export function countGroups(run: RunDraft, problems: Problem[]): readonly number[] | null {
  const sharers = run.groups.filter((group) => group.share !== null)
  if (run.total === null && sharers.length > 0) {
    const ids = sharers.map((group) => group.id).join(', ')
    problems.push({
      where: `${run.where}${totalKey(run)}`,
      what: `is missing, and ${ids} would be a share of it; write ${totalKey(run)} = 40`,
    })
    return null
  }
  if (run.groups.some((group) => group.count === null && group.share === null)) return null
  const total = run.total ?? 0
  const shared = sharedOf(run.groups, total)
  const counts = run.rounding === 'each' ? roundEach(run.groups, total) : byRemainder(run.groups, { total, shared })
  const sum = counts.reduce((all, count) => all + count, 0)
  if (run.total !== null && sum !== run.total) {
    problems.push({ where: `${run.where}${totalKey(run)}`, what: wrongSum(run, { counts, sum }) })
    return null
  }
  for (const [index, group] of run.groups.entries())
    if (run.rounding === 'remainder' && counts[index] === 0 && group.share !== null)
      problems.push({
        where: group.where,
        what: `share ${group.share} of ${shared} comes to no ${group.program ? 'instance' : 'node'}; raise it or the total`,
      })
  return counts
}

const totalKey = (run: RunDraft): string => (run.rounding === 'each' ? 'total_instances' : 'total')

function wrongSum(run: RunDraft, { counts, sum }: { counts: readonly number[]; sum: number }): string {
  const parts = run.groups.map((group, index) => `${group.id} ${counts[index]}`).join(' + ')
  const mend = run.groups.some((group) => group.share !== null)
    ? 'write counts and shares that come to the total'
    : `write ${totalKey(run)} = ${sum} or leave it out`
  return `is ${run.total}, and the groups come to ${sum} (${parts}); ${mend}`
}

function roundEach(groups: readonly GroupDraft[], total: number): number[] {
  return groups.map((group) => group.count ?? Math.round((group.share ?? 0) * total))
}

/** What shares are of: the total, and beside groups that run no program what counts leave of it. */
function sharedOf(groups: readonly GroupDraft[], total: number): number {
  if (groups.every(({ program }) => program)) return total
  return Math.max(0, total - groups.reduce((sum, { count }) => sum + (count ?? 0), 0))
}

/** Whole parts first, then one each to the largest remainders (the earlier group at a tie), when the shares come to within half an instance of what they must. */
function byRemainder(
  groups: readonly GroupDraft[],
  { total, shared }: { readonly total: number; readonly shared: number },
): number[] {
  const exact = groups.map((group) => group.count ?? (group.share ?? 0) * shared)
  const counts = exact.map((value) => Math.floor(value + 1e-9))
  const sum = exact.reduce((all, value) => all + value, 0)
  const aim = Math.abs(sum - total) < 0.5 ? total : Math.round(sum)
  const order = groups
    .flatMap((group, index) => (group.count === null ? [index] : []))
    .sort((a, b) => remainder(exact[b], counts[b]) - remainder(exact[a], counts[a]) || a - b)
  const left = aim - counts.reduce((all, count) => all + count, 0)
  for (const index of order.slice(0, Math.max(0, left))) counts[index] = (counts[index] ?? 0) + 1
  return counts
}

function remainder(exact = 0, whole = 0): number {
  return Math.round((exact - whole) * 1e9)
}

import type { InstanceRecord, RunRecord } from '../../run/record.ts'
import { nodeOf, type Origin } from '../sample/clusters.ts'
import type { Observed } from './observed.ts'

/**
 * How many lookups there should have been: those that ended, those begun whose end was never written, and the shortfall of every
 * instance that did not succeed or whose recorded lookups file is damaged. Its shortfall is what it has less than was usual in its group: the
 * number of lookups that most of the group's instances that succeeded made (the larger one of a tie; where none succeeded, most of
 * those that made any), and no less than the lines known to be lost.
 */
export function expectedLookups(
  data: Pick<Observed, 'records' | 'damage'>,
  ended: readonly Origin[],
  unfinished: readonly Origin[],
): { expected: number; missing: number } {
  const begun = countByNode(unfinished)
  const done = countByNode(ended)
  let missing = unfinished.length
  for (const record of data.records)
    for (const group of groupsOf(record)) missing += shortfall(group, { record, data, begun, done })
  return { expected: ended.length + missing, missing }
}

interface Seen {
  readonly record: RunRecord
  readonly data: Pick<Observed, 'damage'>
  readonly begun: ReadonlyMap<string, number>
  readonly done: ReadonlyMap<string, number>
}

function shortfall(instances: readonly InstanceRecord[], { record, data, begun, done }: Seen): number {
  const node = ({ group, index }: InstanceRecord) => nodeOf({ run: record.run, group, instance: index })
  const madeBy = (each: InstanceRecord) => (done.get(node(each)) ?? 0) + (begun.get(node(each)) ?? 0)
  const succeeded = instances.filter((each) => each.outcome === 'success')
  const usual = mostFrequent(succeeded.length > 0 ? succeeded.map(madeBy) : instances.map(madeBy).filter(Boolean))
  // An instance that succeeded and left no file of lookups was not asked to look anything up.
  const written = new Set(record.artifacts?.map(({ path }) => path))
  let lost = 0
  for (const each of instances) {
    const own = `${each.group}/${each.index}/`
    const damage = data.damage.filter(
      ({ run, path, table, rows }) =>
        run === record.run && table === 'lookups' && rows !== 0 && path.startsWith(own) && written.has(path),
    )
    if (each.outcome === 'success' && damage.length === 0) continue
    const lines = damage.reduce((sum, { rows }) => sum + (rows ?? 0), 0)
    lost += Math.max(0, usual - madeBy(each), lines - (begun.get(node(each)) ?? 0))
  }
  return lost
}

function groupsOf(record: RunRecord): InstanceRecord[][] {
  const groups = new Map<string, InstanceRecord[]>()
  for (const instance of record.instances) {
    const members = groups.get(instance.group)
    if (members) members.push(instance)
    else groups.set(instance.group, [instance])
  }
  return [...groups.values()]
}

function countByNode(origins: readonly Origin[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const origin of origins) counts.set(nodeOf(origin), (counts.get(nodeOf(origin)) ?? 0) + 1)
  return counts
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const [best] = [...counts].sort(([a, n], [b, m]) => m - n || b - a)
  return best?.[0] ?? 0
}

import { nodeOf } from '../sample/clusters.ts'
import type { Observed } from './observed.ts'

interface Placed {
  readonly run: string
  readonly group: string
  readonly instance: number
  readonly lookup_row: number
}

/** Says of a lookup whether all that was written of what happened inside it could be read. */
export type WholeTest = (
  lookup: { readonly run: string; readonly group: string; readonly instance: number },
  row: number,
  events: number,
) => boolean

/**
 * Finds the lookups whose events are damaged: those of the events beside a damaged line, all of an instance whose file cannot be read
 * at all, and in a damaged file those without any event. Their hops and messages would be told too low.
 */
export function wholeTraces(data: Pick<Observed, 'damage' | 'records'>, events: readonly Placed[]): WholeTest {
  const damaged = damagedLines(data)
  const cut = new Set<number>()
  const seen = new Map<string, Placed[]>()
  for (const event of damaged.size > 0 ? events : [])
    if (damaged.has(nodeOf(event))) seen.set(nodeOf(event), [...(seen.get(nodeOf(event)) ?? []), event])
  for (const [node, lines] of damaged) {
    const own = seen.get(node) ?? []
    for (const [earlier, line] of lines.entries())
      for (const beside of line === null ? own : own.slice(Math.max(0, line - 2 - earlier), line - earlier))
        cut.add(beside.lookup_row)
  }
  return (lookup, row, count) => !cut.has(row) && (count > 0 || !damaged.has(nodeOf(lookup)))
}

/** Damaged lines of query events by node, in rising order; null where the whole file is meant. */
function damagedLines({ damage, records }: Pick<Observed, 'damage' | 'records'>): Map<string, (number | null)[]> {
  const written = new Set(records.flatMap(({ run, artifacts }) => artifacts?.map(({ path }) => `${run}/${path}`) ?? []))
  const lines = new Map<string, (number | null)[]>()
  for (const { run, path, table, line, rows } of damage) {
    if (table !== 'query_events' || rows === 0 || !written.has(`${run}/${path}`)) continue
    const node = `${run}/${path.split('/').slice(0, 2).join('/')}`
    lines.set(node, [...(lines.get(node) ?? []), line])
  }
  return lines
}

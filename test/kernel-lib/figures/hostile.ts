import { from } from 'arquero'
import type { madeRun } from './made-run.ts'

type Run = ReturnType<typeof madeRun>

/** What a peer may call itself. */
export const hostile = `</title></style><script>alert(1)</script><img src=x onerror=alert(1)>]]>&amp;'"\u0000`

const text = /^(group|lookup|peer|entry|agent|error|termination|cause|snapshot|target_peer|found_from)$/
const lists = /^(closer|closest|seeds|providers)$/

/** The same run, with text that is meant to break out wherever peers or plans put text. */
export function hostileRun(run: Run): Run {
  const worse = (value: unknown): unknown => (typeof value === 'string' ? `${value}${hostile}` : value)
  const cell = (name: string, value: unknown): unknown => {
    if (name === 'buckets') return (value as unknown[][]).map((bucket) => bucket.map(worse))
    if (lists.test(name)) return Array.isArray(value) ? value.map(worse) : value
    return text.test(name) ? worse(value) : value
  }
  const table = (one: Run['lookups']) =>
    from(
      one
        .objects({ limit: Number.POSITIVE_INFINITY })
        .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(name, value)]))),
    )
  return {
    ...run,
    nodes: table(run.nodes),
    lookups: table(run.lookups),
    queryEvents: table(run.queryEvents),
    snapshots: table(run.snapshots),
    entries: table(run.entries),
  }
}

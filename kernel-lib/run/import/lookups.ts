import { type lookupRecord, type queryRecord, type Row, toHex } from '@hoplab/sdk'
import { peerKey } from '../../composition/peer-key.ts'
import { errorOf } from '../../harness/output/events.ts'
import type { Printed } from './printed.ts'
import { causeOf, eventOf, type QueryRow } from './query-row.ts'

/** A lookup under reconstruction. */
interface Lookup {
  readonly name: string
  readonly target: string
  readonly key: string
  /** When it began and ended by the plan's own timing; null where it has none. */
  readonly timed: { readonly startMs: number; readonly endMs: number } | null
  readonly firstMs: number
  lastMs: number
  answered: boolean
  readonly seeds: string[]
  /** Last message by peer. */
  readonly last: Map<string, string>
}

/** What the rows of one instance become. */
export interface Reconstruction {
  /** The query event of a row; null where the row belongs to no lookup of the plan, or tells what our events do not. Throws when its target is no peer id. */
  take(row: QueryRow): Row<typeof queryRecord> | null
  /** Lookups that ended, in the order in which they began. */
  ended(): Row<typeof lookupRecord>[]
  /** Lines that tell of lookups of which no row told the target. */
  untold(): readonly string[]
}

/** What is known besides the rows. */
export interface Known {
  readonly printed: Printed
  /** Bucket size of the plan's nodes. */
  readonly k: number
  /** Whether a peer is a node of the run. */
  readonly isNode: (peer: string) => boolean
}

/**
 * Rebuilds the lookups of one instance of Testground's DHT plan (case find-peers) from its rows and what it printed.
 *
 * - One lookup for each target. A lookup that succeeded is the one whose first row lies between start and end of a `time-to-find-<i>` metric; these times are its own (the metric is told when FindPeer returned).
 *   Its last rows may be later: dials cancelled because the target was found.
 * - The target first met after those, in an instance that ended in failure with `find peer failed`, is the lookup that failed. It began when the instance had joined (`bootstrap: done`) or its previous lookup ended,
 *   and ended, as nearly as is known, with its last row: the outcome is told later, after a barrier. In an instance that told no outcome, that target's lookup never ended and has no row.
 * - Rows of other targets, and of those met before the instance had joined, are the table's refresh and no lookup of the plan.
 * - Seeds are the peers added before the first answer. `closest` stays empty, since what else was known at the end was not logged; termination, connected and found_from were not told either.
 */
export function reconstruct({ printed, k, isNode }: Known): Reconstruction {
  const lookups = new Map<string, Lookup | null>()
  const windows = printed.timed.map((timed) => ({ ...timed, taken: false }))
  let open: Lookup | null = null
  let count = 0

  function begin({ target, tsMs }: QueryRow): Lookup | null {
    const window = windows.find(({ taken, startMs, endMs }) => !taken && startMs <= tsMs && tsMs <= endMs)
    if (window === undefined && (open !== null || !mayFail(printed) || tsMs < (printed.joinedMs ?? 0))) return null
    const key = toHex(peerKey(target))
    const name = `find-peer-${count++}`
    const fresh = { name, target, key, firstMs: tsMs, lastMs: tsMs, answered: false, seeds: [], last: new Map() }
    if (window === undefined) {
      open = { ...fresh, timed: null }
      return open
    }
    window.taken = true
    return { ...fresh, timed: window }
  }

  return {
    take(row) {
      const known = lookups.get(row.target)
      const lookup = known === undefined ? begin(row) : known
      lookups.set(row.target, lookup)
      return lookup === null ? null : step(lookup, row)
    },
    ended() {
      const all = [...lookups.values()].filter((lookup) => lookup !== null)
      return all.flatMap((lookup) => rowOf(lookup, { printed, k, isNode }) ?? [])
    },
    untold() {
      const failed = open === null && lookupError(printed) !== null && printed.finishLine !== null
      return [...windows.filter(({ taken }) => !taken).map(({ line }) => line), ...(failed ? [printed.finishLine] : [])]
    },
  }
}

/** An instance that said that it succeeded has no lookup that failed. */
function mayFail({ outcomes }: Printed): boolean {
  return !outcomes.some((event) => event.success_event !== undefined)
}

/** Error of the lookup that made the instance fail, or null. */
function lookupError({ outcomes }: Printed): string | null {
  return outcomes.map(errorOf).find((error) => error.startsWith('find peer failed')) ?? null
}

function step(lookup: Lookup, row: QueryRow): Row<typeof queryRecord> | null {
  const event = eventOf(row, lookup.last.get(row.peer))
  lookup.last.set(row.peer, row.message)
  lookup.lastMs = row.tsMs
  if (event === 'answered') lookup.answered = true
  if (event === 'seen' && !lookup.answered) lookup.seeds.push(row.peer)
  if (event === null) return null
  const failed = event === 'dial-failed' || event === 'failed'
  return {
    ts_ms: row.tsMs,
    lookup: lookup.name,
    event,
    path: 0,
    peer: row.peer,
    closer: event === 'answered' ? (row.closer ?? []) : null,
    providers: null,
    cause: failed ? causeOf(row.value) : null,
  }
}

function rowOf(lookup: Lookup, { printed, k, isNode }: Known): Row<typeof lookupRecord> | null {
  const { timed, target, firstMs, lastMs } = lookup
  const error = timed === null ? lookupError(printed) : null
  if (timed === null && error === null) return null
  const before = Math.max(printed.joinedMs ?? 0, ...printed.timed.map(({ endMs }) => endMs))
  const startMs = timed?.startMs ?? (before > 0 && before <= firstMs ? before : firstMs)
  const found = timed === null ? 0 : 1
  return {
    ...{ lookup: lookup.name, phase: 'measured', kind: 'find-peer', target: lookup.key, target_peer: target },
    ...{ start_ms: startMs, end_ms: timed?.endMs ?? lastMs },
    status: error === null ? 'ok' : causeOf(error) === 'timeout' ? 'timeout' : 'failed',
    ...{ error, termination: 'unknown', connected: null, k, seeds: lookup.seeds, closest: [], found },
    ...{ expected: found === 1 || isNode(target) ? 1 : null, stored: null },
    ...{ first_result_ms: timed === null ? null : timed.endMs - timed.startMs, found_from: null },
  }
}

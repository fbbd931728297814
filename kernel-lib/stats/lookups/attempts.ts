import { lookupRecord, queryRecord } from '@hoplab/sdk'
import { expectedLookups } from '../observed/expected-lookups.ts'
import type { Observed } from '../observed/observed.ts'
import { type RowOf, rowsOf } from '../observed/rows.ts'
import { wholeTraces } from '../observed/whole-traces.ts'
import { nodeOf } from '../sample/clusters.ts'
import type { Accounted } from '../sample/estimate.ts'
import { type ByClass, byClass } from './outcome-class.ts'

/** A row of the lookups table. */
export type LookupRow = RowOf<typeof lookupRecord>

/** A row of the query events: with the phase of its lookup, and its row number among the lookups, −1 where it never ended. */
export type EventRow = RowOf<typeof queryRecord> & { readonly phase: string | null; readonly lookup_row: number }

/** A lookup that ended, with what happened inside it, in causal order. */
export interface Attempt extends LookupRow {
  /** Its row in the lookups table. */
  readonly row: number
  readonly events: readonly EventRow[]
  /** Whether none of its events are known to be lost. */
  readonly whole: boolean
  /** The k servers truly nearest to its target; null where the run's nodes tell. */
  readonly nearest: readonly string[] | null
}

/** The lookups that statistics are about, and how many there should have been. */
export interface Attempts {
  readonly phase: string
  /** Kind of lookup, or null where several are taken together. */
  readonly kind: string | null
  readonly ended: readonly Attempt[]
  /** Lookups that ended, were begun and never ended, or must be believed lost with their instance. */
  readonly expected: number
  readonly missing: number
}

/** Which lookups statistics are about. */
export interface AttemptOptions {
  /** `measured` unless said. */
  readonly phase?: string
  /** The kind that the run's test case is about unless said; null takes all kinds. */
  readonly kind?: string | null
}

const kindOfCase: Readonly<Record<string, string>> = {
  'find-peers': 'find-peer',
  'find-providers': 'find-providers',
  provide: 'provide',
  'store-get-value': 'get-value',
  'get-closest-peers': 'get-closest-peers',
}

/** Collects the lookups of one phase and kind. Lookups begun and never ended, and those lost with an instance, are counted as missing. */
export function attempts(data: Observed, options: AttemptOptions = {}): Attempts {
  const phase = options.phase ?? 'measured'
  const rows = rowsOf(data.lookups, lookupRecord)
  const kind = options.kind === undefined ? kindOf(data, rows) : options.kind
  const { inside, begun, isWhole } = eventsByLookup(data)
  const ended = rows.flatMap((row, i) => {
    if (row.phase !== phase || (kind !== null && row.kind !== kind)) return []
    const events = inside.get(i) ?? []
    const { nearest = null } = row as { readonly nearest?: readonly string[] | null }
    return [{ ...row, row: i, events, whole: isWhole(row, i, events.length), nearest }]
  })
  const unfinished = begun.filter((event) => belongs(event, { phase, rows, data }))
  return { phase, kind, ended, ...expectedLookups(data, ended, unfinished) }
}

function kindOf(data: Observed, rows: readonly LookupRow[]): string | null {
  const kinds = new Set(rows.filter((row) => row.phase === 'measured').map((row) => row.kind))
  const [only] = kinds
  if (only && kinds.size === 1) return only
  const asked = new Set(data.records.map((record) => kindOfCase[record.spec.case] ?? null))
  const [kind] = asked
  return asked.size === 1 && kind && (kinds.size === 0 || kinds.has(kind as LookupRow['kind'])) ? kind : null
}

/** Lookups without those whose events are known to be lost, which are counted as missing: for statistics of what happens inside a lookup. */
export function onlyWhole<A extends Pick<Attempt, 'whole'>, T extends { ended: readonly A[]; missing: number }>(
  attempts: T,
): T {
  const ended = attempts.ended.filter((each) => each.whole)
  return { ...attempts, ended, missing: attempts.missing + attempts.ended.length - ended.length }
}

/** What a statistic of one class rests on: lookups of the class there were, and those of them whose events are not whole; of all, the lookups that never ended too. */
export function countedOf(all: Attempts, which: keyof ByClass): Accounted {
  const whole = onlyWhole(all)
  if (which === 'all') return { expected: whole.expected, failed: 0, missing: whole.missing, censored: 0 }
  const expected = byClass(all.ended, (attempts) => attempts.length)[which]
  const kept = byClass(whole.ended, (attempts) => attempts.length)[which]
  return { expected, failed: 0, missing: expected - kept, censored: 0 }
}

/** Events by row of the lookup, and the first event of every lookup that never ended. */
function eventsByLookup(data: Observed) {
  const inside = new Map<number, EventRow[]>()
  const begun = new Map<string, EventRow>()
  const all = rowsOf(data.queryEvents, queryRecord) as EventRow[]
  for (const event of all) {
    const name = event.lookup_row < 0 ? JSON.stringify([nodeOf(event), event.lookup]) : null
    if (name !== null && !begun.has(name)) begun.set(name, event)
    if (name !== null) continue
    const events = inside.get(event.lookup_row)
    if (events) events.push(event)
    else inside.set(event.lookup_row, [event])
  }
  return { inside, begun: [...begun.values()], isWhole: wholeTraces(data, all) }
}

/** Whether a lookup that never ended is of the phase: one of unknown phase is measured unless it began before the instance's first measured lookup, or in an instance that succeeded without any. */
function belongs(event: EventRow, context: { phase: string; rows: readonly LookupRow[]; data: Observed }): boolean {
  const { phase, rows, data } = context
  if (event.phase) return event.phase === phase
  if (phase !== 'measured') return false
  const starts = rows.flatMap((row) =>
    row.phase === 'measured' && nodeOf(row) === nodeOf(event) ? [row.start_ms] : [],
  )
  if (starts.length > 0) return event.ts_ms >= Math.min(...starts)
  const instances = data.records.find((record) => record.run === event.run)?.instances
  return instances?.find((each) => each.group === event.group && each.index === event.instance)?.outcome !== 'success'
}

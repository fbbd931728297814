import type { queryRecord, Row } from '@hoplab/sdk'

/** A row of `dht_queries.out`: what the plan logged of one event of a query. */
export interface QueryRow {
  readonly tsMs: number
  readonly message: string
  /** Peer that was looked for. */
  readonly target: string
  readonly peer: string
  readonly closer: readonly string[] | null
  readonly value: string
}

/** Reads a row; null where the text is none. */
export function queryRow(text: string): QueryRow | null {
  try {
    const { ts, msg, target, peer, closer, value } = JSON.parse(text) as Record<string, unknown>
    if (typeof ts !== 'number' || typeof msg !== 'string' || typeof target !== 'string' || typeof peer !== 'string')
      return null
    const named = Array.isArray(closer) ? closer.map((item) => (item as { ID?: unknown } | null)?.ID) : null
    if (named?.some((id) => typeof id !== 'string')) return null
    const common = { tsMs: ts / 1e6, message: msg, target, peer }
    return { ...common, closer: named as readonly string[] | null, value: typeof value === 'string' ? value : '' }
  } catch {
    return null
  }
}

type QueryEvent = Row<typeof queryRecord>['event']

const events: Readonly<Record<string, QueryEvent>> = {
  adding: 'seen',
  dialing: 'dial',
  send: 'sent',
  receive: 'answered',
}

/**
 * The event that a row tells, or null where ours has none for it. An `error` means a failed dial where the last that was told of the peer was `dialing`, else a request that got no usable answer.
 *
 * @param before Message of the previous row on the same peer in the same query.
 */
export function eventOf(row: QueryRow, before: string | undefined): QueryEvent | null {
  if (row.message === 'error') return before === 'dialing' ? 'dial-failed' : 'failed'
  return events[row.message] ?? null
}

const causes: readonly (readonly [RegExp, string])[] = [
  [/context cancell?ed/, 'cancelled'],
  [/deadline exceeded|timeout|timed out/, 'timeout'],
  [/refused/, 'refused'],
  [/no (good )?addresses/, 'no-address'],
  [/reset/, 'reset'],
  [/protocols? not supported/, 'unsupported'],
]

/** Why a dial or request failed, from the text of Go's error. */
export function causeOf(error: string): string {
  return causes.find(([pattern]) => pattern.test(error))?.[1] ?? 'other'
}

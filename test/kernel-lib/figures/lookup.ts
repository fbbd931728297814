import type { lookupRecord, queryRecord, Row } from '@hoplab/sdk'
import { type MadeNode, nearest } from './network.ts'

type EventRow = Row<typeof queryRecord>
type LookupRow = Row<typeof lookupRecord>

export interface MadeLookup {
  readonly row: LookupRow
  readonly events: readonly EventRow[]
}

export interface LookupOptions {
  readonly name: string
  readonly startMs: number
  readonly k: number
  readonly alpha: number
  readonly next: () => number
}

interface Flight {
  readonly to: MadeNode
  readonly endMs: number
  readonly fails: string | null
}

/** A find-peer lookup over made-up tables: α in flight, dials that can fail, ends when the target is named. */
export function madeLookup(
  from: MadeNode,
  target: MadeNode,
  all: readonly MadeNode[],
  options: LookupOptions,
): MadeLookup {
  const { name, startMs, k, alpha, next } = options
  const byPeer = new Map(all.map((node) => [node.peer, node]))
  const events: EventRow[] = []
  const tell = (ts_ms: number, event: EventRow['event'], peer: string | null, more: Partial<EventRow> = {}) =>
    events.push({
      ts_ms: Math.round(ts_ms * 1000) / 1000,
      lookup: name,
      event,
      path: 0,
      peer,
      closer: null,
      providers: null,
      cause: null,
      ...more,
    })
  const own = nearest(
    target.key,
    from.buckets.flat().map((peer) => byPeer.get(peer) as MadeNode),
  )
  const seeds = own.slice(0, k)
  const connected = own.some((node) => node === target) && next() < 0.6
  const asked = new Set<MadeNode>([from])
  const seen = new Set<MadeNode>(seeds)
  const flights: Flight[] = []
  let now = startMs
  let found: string | null = null
  for (const seed of seeds) tell(now, 'seen', seed.peer)
  if (own.includes(target)) found = from.peer
  const ask = () => {
    for (const to of nearest(target.key, [...seen])) {
      if (flights.length >= alpha) return
      if (asked.has(to) || asked.size > 14) continue
      asked.add(to)
      const dialMs = next() < 0.4 && to.dialable ? 0 : 4 + next() * 20
      const fails = !to.dialable ? 'refused' : next() < 0.04 ? 'timeout' : null
      if (dialMs > 0) tell(now, 'dial', to.peer)
      if (dialMs > 0 && fails === null) tell(now + dialMs, 'dialed', to.peer)
      if (fails === null) tell(now + dialMs, 'sent', to.peer)
      flights.push({ to, fails, endMs: now + dialMs + (fails === 'timeout' ? 120 : 8 + next() ** 3 * 90) })
    }
  }
  while (found === null) {
    ask()
    flights.sort((a, b) => a.endMs - b.endMs)
    const landed = flights.shift()
    if (!landed) break
    now = landed.endMs
    if (landed.fails) {
      tell(now, landed.fails === 'refused' ? 'dial-failed' : 'failed', landed.to.peer, { cause: landed.fails })
      continue
    }
    const known = landed.to.buckets.flat().map((peer) => byPeer.get(peer) as MadeNode)
    const closer = nearest(target.key, known).slice(0, k)
    tell(now, 'answered', landed.to.peer, { closer: closer.map((node) => node.peer) })
    for (const node of closer) {
      if (!seen.has(node) && node !== from) tell(now, 'seen', node.peer)
      if (node !== from) seen.add(node)
    }
    if (closer.includes(target)) found = landed.to.peer
  }
  if (found) tell(now, 'found', found)
  const termination = found ? 'stopped' : 'starvation'
  tell(now + 0.4, 'ended', null, { cause: termination })
  events.sort((a, b) => a.ts_ms - b.ts_ms)
  const closest = nearest(target.key, [...seen]).slice(0, k)
  const row: LookupRow = {
    lookup: name,
    phase: 'measured',
    kind: 'find-peer',
    target: target.key.toString('hex'),
    target_peer: target.peer,
    start_ms: startMs,
    end_ms: now + 0.4,
    status: found ? 'ok' : next() < 0.5 ? 'failed' : 'timeout',
    error: found ? null : 'not found',
    termination,
    connected,
    k,
    seeds: seeds.map((node) => node.peer),
    closest: closest.map((node) => node.peer),
    found: found ? 1 : 0,
    expected: 1,
    stored: null,
    first_result_ms: found ? now - startMs : null,
    found_from: found,
  }
  return { row, events }
}

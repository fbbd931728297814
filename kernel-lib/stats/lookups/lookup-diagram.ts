import { log2Distance } from '@hoplab/sdk'
import type { HopNode } from './hop-tree.ts'
import type { Traced, TracedAttempts } from './traced.ts'

/** One bar of the lookup diagram: a peer that was dialed or asked. */
export interface DiagramRow {
  readonly peer: string
  /** The peer whose answer led here; null for peers of the own table. */
  readonly parent: string | null
  readonly depth: number | null
  /** Index of the disjoint path. */
  readonly path: number
  /** log2 of the XOR distance to the target; null where the key is not known, −Infinity for the target itself. */
  readonly log2Distance: number | null
  /** Since the start of the lookup; null where there was no dial. */
  readonly dialMs: number | null
  /** Since the start of the lookup; null where no request left. */
  readonly sentMs: number | null
  /** Since the start of the lookup; the lookup's end where the bar was open then. */
  readonly endMs: number
  readonly end: 'answered' | 'failed' | 'dial-failed' | 'open'
  readonly cause: string | null
  /** Peers that its answer named. */
  readonly named: number | null
  /** Whether it is on the path to the peer that ended the search (D4). */
  readonly winning: boolean
}

/** D12: what a lookup diagram shows of one lookup, one row per peer, in the order in which they were first dialed or asked. */
export function lookupDiagram(attempt: Traced, keyOf: TracedAttempts['keyOf']): DiagramRow[] {
  const winning = new Set(attempt.hops.path)
  return [...attempt.tree.values()].map((node) => rowOf(node, { attempt, keyOf, winning }))
}

/** The lookup that a diagram shows best: among those that succeeded, one of median number of requests; null without any. */
export function typicalLookup({ ended }: Pick<TracedAttempts, 'ended'>): Traced | null {
  const shown = ended.filter((each) => each.status === 'ok' && pathLength(each) > 0)
  const sorted = shown.sort((a, b) => a.tree.size - b.tree.size || a.row - b.row)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}

function pathLength({ hops }: Traced): number {
  return hops.path.length
}

interface Context {
  readonly attempt: Traced
  readonly keyOf: TracedAttempts['keyOf']
  readonly winning: ReadonlySet<string>
}

function rowOf({ peer, parent, depth, path }: HopNode, { attempt, keyOf, winning }: Context): DiagramRow {
  const own = attempt.events.filter((each) => each.peer === peer && each.path === path)
  const first = (name: string) => own.find((each) => each.event === name)
  const since = (event: { ts_ms: number } | undefined) => (event ? event.ts_ms - attempt.start_ms : null)
  const last = first('answered') ?? first('failed') ?? first('dial-failed')
  const key = keyOf(peer)
  return {
    peer,
    parent,
    depth,
    path,
    log2Distance: key && log2Distance(attempt.targetKey, key),
    dialMs: since(first('dial')),
    sentMs: since(first('sent')),
    endMs: since(last) ?? attempt.end_ms - attempt.start_ms,
    end: (last?.event as DiagramRow['end'] | undefined) ?? 'open',
    cause: last?.cause ?? null,
    named: last?.closer?.length ?? null,
    winning: winning.has(peer),
  }
}

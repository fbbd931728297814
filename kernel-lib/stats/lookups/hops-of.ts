import type { Attempt } from './attempts.ts'
import { type HopTree, pathTo } from './hop-tree.ts'

/** How many hops a lookup took, and how that is known. */
export interface Hops {
  /** Depth of the peer whose answer ended the search; 0 where the own node knew; null where the record does not tell. */
  readonly hops: number | null
  /** Where the last hop is inferred and could be several: the fewest and the most. Else both are `hops`. */
  readonly fewest: number | null
  readonly most: number | null
  /** `told`: the record names the peer; `own`: nobody was asked; `named`: an answer named the target; `closest`: nearest peer that answered; `inferred`: the request that was open at the end; `unknown`. */
  readonly from: 'told' | 'own' | 'named' | 'closest' | 'inferred' | 'unknown'
  /** Peers from the first hop to that one. */
  readonly path: readonly string[]
  /** Depth of the nearest peer that answered, whatever became of the lookup. */
  readonly toClosest: number | null
}

/** What hops are counted with. */
export interface HopsContext {
  readonly tree: HopTree
  /** Peer id of the node that asked. */
  readonly own: string | null
  /** Order by distance to the target, for sorting. */
  readonly order: (a: string, b: string) => number
}

const walks = new Set(['get-closest-peers', 'provide', 'put-value'])

/**
 * D4: hops of a lookup: to the first answer that held the record or named the target; for walks that look for no record
 * (get-closest-peers, provide, put-value), and for lookups that failed, to the nearest peer that answered. An imported record that
 * holds no such answer ended when it came, so it belonged to a request still open at the end: the open one nearest to the target is taken.
 */
export function hopsOf(attempt: Attempt, context: HopsContext): Hops {
  const { tree, order } = context
  const answered = [...tree.values()].flatMap((node) => (node.answered ? [node.peer] : []))
  const closest = nearest(answered, order)
  const toClosest = closest === null ? (tree.size === 0 ? 0 : null) : (tree.get(closest)?.depth ?? null)
  const sure = (peer: string | null, from: Hops['from']): Hops => {
    const hops = from === 'own' ? 0 : peer === null ? null : (tree.get(peer)?.depth ?? null)
    const path = peer === null || from === 'own' ? [] : (pathTo(tree, peer) ?? [])
    return { hops, fewest: hops, most: hops, from, path, toClosest }
  }
  if (attempt.status !== 'ok' || walks.has(attempt.kind)) return sure(closest, 'closest')
  const told = attempt.found_from ?? attempt.events.find((each) => each.event === 'found')?.peer ?? null
  if (foundAtHome(attempt, told, context)) return sure(null, 'own')
  if (told !== null) return sure(told, 'told')
  const named = firstNaming(attempt)
  return named === null ? inferred(context, sure) : sure(named, 'named')
}

function foundAtHome({ events }: Attempt, told: string | null, { own, tree }: HopsContext): boolean {
  if (told !== null) return told === own || (!tree.has(told) && events.some((e) => e.event === 'found' && e.path < 0))
  return tree.size === 0
}

function firstNaming({ events, target_peer }: Attempt): string | null {
  const holds = events.find(
    ({ event, closer, providers }) =>
      event === 'answered' &&
      ((target_peer !== null && closer?.includes(target_peer)) || (target_peer === null && providers?.length)),
  )
  return holds?.peer ?? null
}

function inferred({ tree, order }: HopsContext, sure: (peer: string | null, from: Hops['from']) => Hops): Hops {
  const open = [...tree.values()].filter((node) => node.open && node.depth !== null)
  const likely = nearest(
    open.map((node) => node.peer),
    order,
  )
  if (likely === null) return sure(null, 'unknown')
  const depths = open.map((node) => node.depth as number)
  return { ...sure(likely, 'inferred'), fewest: Math.min(...depths), most: Math.max(...depths) }
}

function nearest(peers: readonly string[], order: (a: string, b: string) => number): string | null {
  return peers.reduce<string | null>((best, peer) => (best === null || order(peer, best) < 0 ? peer : best), null)
}

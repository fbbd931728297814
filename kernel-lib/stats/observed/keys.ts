import { fromHex, nodeRecord } from '@hoplab/sdk'
import { keyOf } from '../../tables/keyspace.ts'
import type { Observed } from './observed.ts'
import { rowsOf } from './rows.ts'

/** The key of a peer, or null where the text is no peer id. */
export type KeyOf = (peer: string) => Uint8Array | null

/** Keys by peer: as the nodes wrote them, else from the id. */
export function keysOf(data: Pick<Observed, 'nodes'>): KeyOf {
  const known = new Map<string, Uint8Array | null>()
  for (const { peer, key } of rowsOf(data.nodes, nodeRecord)) known.set(peer, fromHex(key))
  return (peer) => {
    if (!known.has(peer)) known.set(peer, keyOrNull(peer))
    return known.get(peer) ?? null
  }
}

function keyOrNull(peer: string): Uint8Array | null {
  try {
    return keyOf(peer)
  } catch {
    return null
  }
}

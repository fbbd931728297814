import { multiaddr } from '@multiformats/multiaddr'
import type { DhtNode } from './node.ts'

/** A node as others are told of it. */
export interface Contact {
  readonly peer: string
  /** `/ip4/…/tcp/…` without the peer id. */
  readonly addresses: readonly string[]
}

/** Opens a connection to another node; rejects when none of its addresses answers. */
export async function dialContact(
  { libp2p }: DhtNode,
  { peer, addresses }: Contact,
  { signal }: { readonly signal: AbortSignal },
): Promise<void> {
  await libp2p.dial(
    addresses.map((address) => multiaddr(`${address}/p2p/${peer}`)),
    { signal },
  )
}

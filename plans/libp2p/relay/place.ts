import type { Libp2p } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { type Contact, dialContact } from '../dial.ts'
import { listenAt, onPlaceLost } from '../internals.ts'
import type { DhtNode } from '../node.ts'

/** How a place is reserved and told of. */
export interface PlaceOptions {
  /** Ends the attempt, and the place with it. */
  readonly signal: AbortSignal
  /** Called when the relay is gone and the address through it with it; js-libp2p does not ask for the place again. */
  readonly lost: () => void
}

/** A connection on which nothing moves for two minutes is ended, and the place with it. ms */
const pingEveryMs = 45_000

/** Reserves a place at a relay: others reach the node at `<relay>/p2p-circuit` from then on, as long as both stay connected. Rejects when the relay does not answer or gives none. */
export async function reservePlace(node: DhtNode, relay: Contact, { signal, lost }: PlaceOptions): Promise<void> {
  const { libp2p } = node
  await dialContact(node, relay, { signal })
  const [address] = relay.addresses
  await listenAt(libp2p, multiaddr(`${address}/p2p/${relay.peer}/p2p-circuit`))
  const [connection] = libp2p.getConnections().filter(({ remotePeer }) => remotePeer.toString() === relay.peer)
  if (connection === undefined) throw new Error(`the connection to relay ${relay.peer} did not last`)
  const timer = setInterval(() => {
    libp2p.services.ping.ping(connection.remotePeer, { signal }).catch(() => {})
  }, pingEveryMs)
  timer.unref()
  const over = (): void => clearInterval(timer)
  signal.addEventListener('abort', over, { once: true })
  onPlaceLost(libp2p, relay.peer, () => {
    over()
    if (!signal.aborted) lost()
  })
}

/** Peers that a node is reached through now: relays that its own addresses name. */
export function relaysOf(libp2p: Pick<Libp2p, 'getMultiaddrs'>): readonly string[] {
  const through = libp2p.getMultiaddrs().flatMap((address) => {
    const [relay, end] = address.toString().split('/p2p-circuit')
    return end === undefined ? [] : [relay?.split('/p2p/').at(-1) ?? '']
  })
  return [...new Set(through)]
}

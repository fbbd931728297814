import type { Libp2p } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { type Contact, dialContact } from '../dial.ts'
import { listenAt, onPlaceLost } from '../internals.ts'
import type { DhtNode } from '../node.ts'
import { anyOf } from '../signal.ts'

/** How a place is reserved and told of. */
export interface PlaceOptions {
  /** Ends the attempt, and the place with it. */
  readonly signal: AbortSignal
  /** Called when the relay is gone and the address through it with it; js-libp2p does not ask for the place again. */
  readonly lost: () => void
}

/** js-libp2p's connection monitor, which is switched off here for what it costs, would ping every connection every 10 s; without a ping a connection on which nothing moves for two minutes is ended. ms */
const pingEveryMs = 30_000

/** Reserves a place at a relay: others reach the node at `<relay>/p2p-circuit` from then on, as long as both stay connected. Rejects when the relay does not answer or gives none. */
export async function reservePlace(node: DhtNode, relay: Contact, { signal, lost }: PlaceOptions): Promise<void> {
  await dialContact(node, relay, { signal })
  const [address] = relay.addresses
  await listenAt(node.libp2p, multiaddr(`${address}/p2p/${relay.peer}/p2p-circuit`))
  const over = keepAlive(node, relay, signal)
  onPlaceLost(node.libp2p, relay.peer, () => {
    over()
    if (!signal.aborted) lost()
  })
}

/** Pings a relay until the signal or what is returned ends it; one that does not answer is taken for gone, as by js-libp2p's monitor. */
function keepAlive({ libp2p, options }: DhtNode, { peer }: Contact, signal: AbortSignal): () => void {
  const timer = setInterval(() => {
    const connections = libp2p.getConnections(peerIdFromString(peer))
    libp2p.services.ping
      .ping(peerIdFromString(peer), { signal: anyOf([signal, AbortSignal.timeout(options.dialLimitMs)]) })
      .catch((error) => {
        if (!signal.aborted) for (const connection of connections) connection.abort(error)
      })
  }, pingEveryMs)
  timer.unref()
  const over = (): void => clearInterval(timer)
  signal.addEventListener('abort', over, { once: true })
  return over
}

/** Peers that a node is reached through now: relays that its own addresses name. */
export function relaysOf(libp2p: Pick<Libp2p, 'getMultiaddrs'>): readonly string[] {
  const through = libp2p.getMultiaddrs().flatMap((address) => {
    const [relay, end] = address.toString().split('/p2p-circuit')
    return end === undefined ? [] : [relay?.split('/p2p/').at(-1) ?? '']
  })
  return [...new Set(through)]
}

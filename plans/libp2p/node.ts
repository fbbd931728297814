import { type Env, type nodeRecord, type Row, toHex } from '@hoplab/sdk'
import type { Libp2p, PeerId } from '@libp2p/interface'
import type { KadDHT } from '@libp2p/kad-dht'
import { createLibp2p } from 'libp2p'
import { version } from 'libp2p/version'
import { type Identity, identityOf } from './identity.ts'
import { stopTagging } from './internals.ts'
import { keyOfPeer } from './keyspace.ts'
import { type DhtOptions, libp2pOptions, type NodeServices } from './options.ts'
import { transportOf } from './transport/transport.ts'

/** A running js-libp2p node with its DHT. */
export interface DhtNode {
  readonly peerId: PeerId
  readonly libp2p: Libp2p<NodeServices>
  readonly dht: KadDHT
  readonly options: DhtOptions
  /** `/ip4/…/tcp/…` as other nodes are told them; for an undialable node an address where nobody answers. */
  readonly addresses: readonly string[]
  readonly agent: string
  /** Drops all connections and stops; call it when nobody needs the node any more. */
  stop(): Promise<void>
}

/** Starts the node of this instance. Its identity follows from `identitySeed` and the instance's `seq`. */
export async function startNode(env: Env, options: DhtOptions & { readonly identitySeed: number }): Promise<DhtNode> {
  const identity: Identity = await identityOf(options.identitySeed, env.seq)
  const libp2p = await createLibp2p(
    libp2pOptions(identity, { address: env.net.address, transport: transportOf(env) }, options),
  )
  const { dht } = libp2p.services
  stopTagging(dht)
  return {
    peerId: libp2p.peerId,
    libp2p,
    dht,
    options,
    addresses: libp2p.getMultiaddrs().map((address) => address.decapsulateCode(p2p).toString()),
    agent: `js-libp2p/${version}`,
    stop: () => stopNode(libp2p),
  }
}

/** Closing thousands of connections politely, each waiting for the other side, takes longer than many a run. */
async function stopNode(libp2p: Libp2p): Promise<void> {
  for (const connection of libp2p.getConnections()) connection.abort(new Error('the run is over'))
  await libp2p.stop()
}

/** Code of `/p2p` in a multiaddr. */
const p2p = 421

/** The row that says who this node is. */
export function describeNode(
  node: DhtNode,
  { bootstrapper, nowMs }: { readonly bootstrapper: boolean; readonly nowMs: number },
): Row<typeof nodeRecord> {
  return {
    ts_ms: nowMs,
    peer: node.peerId.toString(),
    key: toHex(keyOfPeer(node.peerId)),
    role: node.options.clientMode ? 'client' : 'server',
    dialable: !node.options.undialable,
    bootstrapper,
    agent: node.agent,
  }
}

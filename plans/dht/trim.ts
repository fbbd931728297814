import { relaysOf, tableEntries } from '@hoplab/libp2p'
import type { Network } from './network.ts'
import { meet } from './turns.ts'

/**
 * Leaves one connection to each peer and, where `keep_connections` says so, that many of those that the node opened, drawn at random; then
 * forgets the addresses of peers that are neither connected nor in the table: a node that is connected to everyone, or remembers everyone, has nothing to look up.
 */
export async function trim(network: Network): Promise<void> {
  const { env, settings } = network
  await meet(env, 'bootstrapped')
  await env.stage('trim', async () => {
    await closeDoubles(network)
    await meet(env, 'singled')
    if (settings.keepConnections === null) return
    await closeSurplus(network, settings.keepConnections)
    await meet(env, 'trimmed')
    await forgetStrangers(network)
  })
}

/** Two nodes that dialed each other at the same moment have two connections; the one with the lower peer id closes all but the oldest. */
async function closeDoubles({ env, node }: Network): Promise<void> {
  const own = node.peerId.toString()
  for (const peer of node.libp2p.getPeers()) {
    if (own > peer.toString()) continue
    const [, ...later] = node.libp2p.getConnections(peer).toSorted((a, b) => a.timeline.open - b.timeline.open)
    for (const connection of later) await connection.close({ signal: env.signal })
  }
}

/** Only the side that opened a connection decides about it; were it enough that one side wants it closed, hardly any would be left. Those to relays that the node has a place with stay, as its only way in. */
async function closeSurplus({ env, node }: Network, keep: number): Promise<void> {
  const relays = new Set(relaysOf(node.libp2p))
  const opened = node.libp2p
    .getConnections()
    .filter(({ direction, remotePeer }) => direction === 'outbound' && !relays.has(remotePeer.toString()))
  const inOrder = opened.toSorted((a, b) => (a.remotePeer.toString() < b.remotePeer.toString() ? -1 : 1))
  const surplus = env.random(`trim:${env.seq}`).shuffle(inOrder).slice(keep)
  for (const connection of surplus) await connection.close({ signal: env.signal })
}

async function forgetStrangers({ node }: Network): Promise<void> {
  const known = new Set(tableEntries(node.dht).map(({ peerId }) => peerId.toString()))
  for (const peer of node.libp2p.getPeers()) known.add(peer.toString())
  for (const { id } of await node.libp2p.peerStore.all()) {
    if (!known.has(id.toString())) await node.libp2p.peerStore.delete(id)
  }
}

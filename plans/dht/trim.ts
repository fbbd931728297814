import { tableEntries } from '@hoplab/libp2p'
import type { Network } from './network.ts'
import { meet } from './turns.ts'

/**
 * Closes connections down to `keep_connections`, drawn at random, and forgets the addresses of peers that are then neither
 * connected nor in the table: a node that is connected to everyone, or remembers everyone, has nothing to look up.
 */
export async function trim(network: Network): Promise<void> {
  const { env, node, settings } = network
  const keep = settings.keepConnections
  await meet(env, 'bootstrapped')
  if (keep === null) return
  await env.stage('trim', async () => {
    const peers = node.libp2p.getPeers().toSorted((a, b) => (a.toString() < b.toString() ? -1 : 1))
    const surplus = env.random(`trim:${env.seq}`).shuffle(peers).slice(keep)
    for (const peer of surplus) await node.libp2p.hangUp(peer, { signal: env.signal })
    await meet(env, 'trimmed')
    await forgetStrangers(network)
  })
}

async function forgetStrangers({ node }: Network): Promise<void> {
  const known = new Set(tableEntries(node.dht).map(({ peerId }) => peerId.toString()))
  for (const peer of node.libp2p.getPeers()) known.add(peer.toString())
  for (const { id } of await node.libp2p.peerStore.all()) {
    if (!known.has(id.toString())) await node.libp2p.peerStore.delete(id)
  }
}

import { findPeer } from '@hoplab/libp2p'
import type { Env } from '@hoplab/sdk'
import type { Member } from '../members.ts'
import type { Network } from '../network.ts'
import { pace } from '../pace.ts'
import { number } from '../settings.ts'
import { withNetwork } from '../with-network.ts'

/** Every node looks for `n_find_peers` other servers. */
export async function findPeers(env: Env): Promise<void> {
  await withNetwork(env, {}, async (network) => {
    const lookups = targets(network, number(env.params, 'n_find_peers')).map(
      ({ peerId }) =>
        () =>
          network.ask(findPeer(network.node, peerId, { expected: 1 }), { name: 'find-peer', phase: 'measured' }),
    )
    await pace(network, lookups)
  })
}

/** Servers drawn by the seed, those that the node is not connected to first: finding a peer at the other end of an open connection is no search. */
function targets({ env, node, self, members }: Network, count: number): Member[] {
  const servers = members.filter(({ seq, role }) => seq !== self.seq && role === 'server')
  const drawn = env.random(`targets:${env.seq}`).shuffle(servers)
  const connected = ({ peerId }: Member): boolean => node.libp2p.getConnections(peerId).length > 0
  return [...drawn.filter((member) => !connected(member)), ...drawn.filter(connected)].slice(0, count)
}

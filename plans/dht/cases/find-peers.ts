import { findPeer } from '@hoplab/libp2p'
import type { Env } from '@hoplab/sdk'
import { pace } from '../pace.ts'
import { number } from '../settings.ts'
import { withNetwork } from '../with-network.ts'

/** Every node looks for `n_find_peers` other servers. */
export async function findPeers(env: Env): Promise<void> {
  await withNetwork(env, {}, async (network) => {
    const lookups = network.others
      .targets(number(env.params, 'n_find_peers'))
      .map(
        (target) => () =>
          network.ask(findPeer(network.node, target(), { expected: 1 }), { name: 'find-peer', phase: 'measured' }),
      )
    await pace(network, lookups)
  })
}

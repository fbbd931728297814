import { getClosestPeers, type PeerId } from '@hoplab/libp2p'
import { type Env, keyOfBytes } from '@hoplab/sdk'
import { nearestMembers } from '../nearest.ts'
import type { Network } from '../network.ts'
import { pace } from '../pace.ts'
import { number } from '../settings.ts'
import { withNetwork } from '../with-network.ts'
import { holders } from './provide.ts'

/** Every node looks for the peers nearest to `n_get_closest` random keys. */
export async function closestPeers(env: Env): Promise<void> {
  await withNetwork(env, {}, async (network) => {
    const random = env.random(`keys:${env.seq}`)
    const keys = Array.from({ length: number(env.params, 'n_get_closest') }, () => random.bytes(32))
    const lookups = keys.map(
      (key) => () =>
        network.ask(
          getClosestPeers(network.node, key, { expected: holders(network), nearest: nearest(network, key) }),
          {
            name: 'get-closest-peers',
            phase: 'measured',
          },
        ),
    )
    await pace(network, lookups)
  })
}

/** The peer truly nearest to a key, the own node left out. */
function nearest({ members, self }: Network, key: Uint8Array): PeerId | null {
  const others = members.filter(({ seq }) => seq !== self.seq)
  return nearestMembers(others, keyOfBytes(key), 1)[0]?.peerId ?? null
}

import { getClosestPeers } from '@hoplab/libp2p'
import { type Env, keyOfBytes } from '@hoplab/sdk'
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
          getClosestPeers(network.node, key, {
            expected: holders(network),
            nearest: network.others.nearest(keyOfBytes(key), 1)[0] ?? null,
          }),
          {
            name: 'get-closest-peers',
            phase: 'measured',
          },
        ),
    )
    await pace(network, lookups)
  })
}

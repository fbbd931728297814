import { provide } from '@hoplab/libp2p'
import type { Env } from '@hoplab/sdk'
import { cidOf, type Item, itemsOf } from '../catalogue.ts'
import type { Network } from '../network.ts'
import { pace } from '../pace.ts'
import { number } from '../settings.ts'
import { withNetwork } from '../with-network.ts'

/** Every node provides `record_count` records. */
export async function provideRecords(env: Env): Promise<void> {
  await withNetwork(env, { records: number(env.params, 'record_count') }, provideOwn)
}

/** Provides the records that this node brings. */
export async function provideOwn(network: Network): Promise<void> {
  await pace(
    network,
    itemsOf(network.self).map((item) => () => provideOne(network, item)),
  )
}

async function provideOne(network: Network, item: Item): Promise<void> {
  const question = provide(network.node, cidOf(network.env, item), { expected: holders(network) })
  await network.ask(question, { name: 'provide', phase: 'measured' })
}

/** How many peers a record is to be stored with: k, or all other servers that can be dialed where there are fewer. */
export function holders({ others, self, node }: Network): number {
  return others.nearest(self.key, node.dht.k).length
}

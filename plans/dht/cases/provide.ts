import { provide } from '@hoplab/libp2p'
import type { Env } from '@hoplab/sdk'
import { cidOf, type Item, itemsOf } from '../catalogue.ts'
import type { Network } from '../network.ts'
import { type Provided, providedNow } from '../note-holders.ts'
import { pace } from '../pace.ts'
import { number } from '../settings.ts'
import { withNetwork } from '../with-network.ts'

/** Every node provides `record_count` records. */
export async function provideRecords(env: Env): Promise<void> {
  await withNetwork(env, { records: number(env.params, 'record_count') }, async (network) => {
    await provideOwn(network)
  })
}

/** Provides the records that this node brings; resolves to what is to be known of each. */
export async function provideOwn(network: Network): Promise<readonly Provided[]> {
  const provided: Provided[] = []
  const one = (item: Item) => async () => {
    const question = provide(network.node, cidOf(network.env, item), { expected: holders(network) })
    provided.push(providedNow(network, await network.ask(question, { name: 'provide', phase: 'measured' })))
  }
  await pace(network, itemsOf(network.self).map(one))
  return provided
}

/** How many peers a record is to be stored with: k, or all other servers that can be dialed where there are fewer. */
export function holders({ others, self, node }: Network): number {
  return others.nearest(self.key, node.dht.k).length
}

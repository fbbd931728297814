import { getValue, putValue } from '@hoplab/libp2p'
import type { Env } from '@hoplab/sdk'
import { absentItems, contentOf, drawItems, type Item, itemsOf, keyOf } from '../catalogue.ts'
import type { Network } from '../network.ts'
import { pace } from '../pace.ts'
import { number } from '../settings.ts'
import { meet } from '../turns.ts'
import { withNetwork } from '../with-network.ts'
import { holders } from './provide.ts'

/** Storers put values; when all have, fetchers get values that others put. A node without a role is both. */
export async function storeAndGet(env: Env): Promise<void> {
  const stores = env.role !== 'fetcher'
  const fetches = env.role !== 'storer'
  await withNetwork(env, { records: stores ? number(env.params, 'record_count') : 0 }, async (network) => {
    await storeOwn(network)
    await meet(env, 'stored')
    if (fetches) await fetchOthers(network)
  })
}

async function storeOwn(network: Network): Promise<void> {
  const { env, node } = network
  const put = (item: Item) => () =>
    network.ask(putValue(node, keyOf(env, item), { value: contentOf(env, item), expected: holders(network) }), {
      name: 'put-value',
      phase: 'measured',
    })
  await pace(network, itemsOf(network.self).map(put))
}

async function fetchOthers(network: Network): Promise<void> {
  const { env, node, members } = network
  const there = drawItems(env, members, number(env.params, 'n_get_values'))
  const absent = absentItems(env, number(env.params, 'n_get_absent'))
  const get = (item: Item, expected: number) => () =>
    network.ask(getValue(node, keyOf(env, item), { value: contentOf(env, item), expected }), {
      name: 'get-value',
      phase: 'measured',
    })
  await pace(network, [...there.map((item) => get(item, 1)), ...absent.map((item) => get(item, 0))])
}

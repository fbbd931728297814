import { findProviders } from '@hoplab/libp2p'
import type { Env } from '@hoplab/sdk'
import { absentItems, cidOf, drawItems, type Item } from '../catalogue.ts'
import type { Network } from '../network.ts'
import { noteHolders } from '../note-holders.ts'
import { pace } from '../pace.ts'
import { inRounds } from '../rounds.ts'
import { flag, number } from '../settings.ts'
import { meet } from '../turns.ts'
import { withNetwork } from '../with-network.ts'
import { provideOwn } from './provide.ts'

/** Nodes provide records; when all have, those that search look for records that others provide, and for some that nobody does: once, or in rounds. */
export async function findRecords(env: Env): Promise<void> {
  await withNetwork(env, { records: number(env.params, 'record_count') }, async (network) => {
    const provided = await provideOwn(network)
    await meet(env, 'provided')
    await inRounds(network, async (round) => {
      noteHolders(network, { provided, round })
      if (flag(env.params, 'search_records')) await search(network)
    })
  })
}

async function search(network: Network): Promise<void> {
  const { env, members } = network
  const there = drawItems(env, members, number(env.params, 'n_find_providers'))
  const absent = absentItems(env, number(env.params, 'n_find_absent'))
  const look = (item: Item, expected: number) => () =>
    network.ask(findProviders(network.node, cidOf(env, item), { expected }), {
      name: 'find-providers',
      phase: 'measured',
    })
  await pace(network, [...there.map((item) => look(item, 1)), ...absent.map((item) => look(item, 0))])
}

import { anyOf, causeOf, reservePlace } from '@hoplab/libp2p'
import type { Member } from './members.ts'
import type { Network } from './network.ts'
import { relayRecord } from './relay-record.ts'

/** Reserves places at as many relays as the parameter `relays` says, where the node is reached through them: relays are asked in an order drawn by the seed, the same after a restart, until there are enough places or nobody is left. Says so where there are fewer. */
export async function reservePlaces(network: Network): Promise<void> {
  const { env, self, members, node } = network
  if (self.wayIn !== 'relays') return
  const wanted = node.options.relays
  const { crash } = node
  let places = 0
  for (const relay of env.random(`relays:${env.seq}`).shuffle(members.filter((member) => member.relay))) {
    if (places === wanted || crash.aborted) break
    if (await reserve(network, relay)) places++
  }
  env.signal.throwIfAborted()
  if (places < wanted && !crash.aborted) env.message(`has places at ${places} relays of ${wanted}`)
}

async function reserve({ env, node, done }: Network, relay: Member): Promise<boolean> {
  const rows = env.records(relayRecord)
  const write = (event: 'reserved' | 'failed' | 'lost', cause: string | null = null): void =>
    rows.write({ ts_ms: env.clock.now(), relay: relay.peer, event, cause })
  const signal = anyOf([env.signal, node.crash, done])
  try {
    await reservePlace(node, relay, { signal, lost: () => write('lost') })
    write('reserved')
    return true
  } catch (error) {
    if (!signal.aborted) write('failed', causeOf(error))
    return false
  }
}

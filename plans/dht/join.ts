import { anyOf, dialContact, getClosestPeers, tableHasPeer } from '@hoplab/libp2p'
import type { Member } from './members.ts'
import type { Network } from './network.ts'
import { reservePlaces } from './relays.ts'
import type { Strategy } from './settings.ts'
import { limited } from './time-limit.ts'
import { inTurn } from './turns.ts'

/** Nodes that join at the same time. */
const joinWidth = 8
/** Longest wait for the first peer in the table after dialing: several of js-libp2p's own time-outs. ms. */
const firstPeerMs = 60_000
/** How often bootstrappers are dialed, and how long a node waits in between. */
const dialAttempts = 3
const dialPauseMs = 5000
const noPeer = `the routing table is empty ${firstPeerMs / 1000} s after the bootstrapper was dialed`

/** Joins the network when this node's turn comes: reserves its places at relays, where it needs any, dials bootstrappers that are ahead of it, waits for a peer in the table, and looks itself up to the end. */
export async function join(network: Network): Promise<void> {
  const { env, self } = network
  await inTurn(env, { state: 'joined', position: self.position, width: joinWidth }, async () => {
    await reservePlaces(network)
    const contacts = chooseContacts(network)
    if (contacts.length === 0) return
    await dial(network, contacts)
    const { signal } = limited(env, { ms: firstPeerMs, message: noPeer })
    await tableHasPeer(network.node.dht, signal)
    await lookUpSelf(network)
  })
}

/** Joins again after a crash: reserves places at relays, dials bootstrappers, whoever of them answers first, waits for a peer in the table, and looks itself up. Says so where none does, and stays alone until others come. */
export async function rejoin(network: Network): Promise<void> {
  const { env, self, members, node } = network
  await reservePlaces(network)
  const others = members.filter(({ bootstrapper, seq }) => bootstrapper && seq !== self.seq)
  for (const contact of env.random(`rejoin:${env.seq}:${env.clock.now()}`).shuffle(others)) {
    const signal = anyOf([env.signal, node.crash])
    const met = await meetContact(network, { contact, signal }).then(
      () => true,
      () => false,
    )
    if (met) return lookUpSelf(network)
    if (signal.aborted) return
  }
  env.message('came back after a crash and reached no bootstrapper')
}

/** Dials a contact and waits until it is in the table, which is later: the two must learn each other's protocols first. */
async function meetContact(
  { env, node }: Network,
  { contact, signal }: { readonly contact: Member; readonly signal: AbortSignal },
): Promise<void> {
  await dialContact(node, contact, { signal })
  await tableHasPeer(node.dht, limited({ ...env, signal }, { ms: firstPeerMs, message: noPeer }).signal)
}

/** Looks the own key up until nobody is left to ask. js-libp2p's own self-query stops after 20 events and uses no answer. */
export async function lookUpSelf({ ask, node }: Network): Promise<void> {
  const question = getClosestPeers(node, node.peerId.toMultihash().bytes, { expected: null })
  await ask(question, { name: 'self', phase: 'bootstrap' })
}

function chooseContacts({ env, self, members, settings }: Network): Member[] {
  const ahead = members.filter(({ bootstrapper, position }) => bootstrapper && position < self.position)
  const shuffled = env.random(`contacts:${env.seq}`).shuffle(ahead)
  return shuffled.slice(0, contactCount(settings.strategy, ahead.length))
}

/** How many of `count` bootstrappers a strategy dials. */
export function contactCount(strategy: Strategy, count: number): number {
  if (count === 0) return 0
  if (strategy === 1) return count
  return strategy === 2 ? 1 : Math.floor(Math.log2(count) / 2) + 1
}

/** Dials all contacts, and again a moment later where none could be reached: a machine that starts hundreds of nodes may leave a question unanswered. */
async function dial(network: Network, contacts: readonly Member[]): Promise<void> {
  const { env } = network
  for (let attempt = 1; ; attempt++) {
    const errors = await dialEach(network, contacts)
    if (errors.length < contacts.length) return
    if (attempt === dialAttempts) throw new AggregateError(errors, 'no bootstrapper could be dialed')
    await env.clock.sleep(dialPauseMs, { signal: env.signal })
  }
}

async function dialEach({ env, node }: Network, contacts: readonly Member[]): Promise<readonly unknown[]> {
  const errors: unknown[] = []
  for (const contact of contacts)
    await dialContact(node, contact, { signal: env.signal }).catch((error) => errors.push(error))
  return errors
}

import { type DhtNode, keyOfPeer, type PeerId, peerIdFromString, type WayIn } from '@hoplab/libp2p'
import type { Env, Key } from '@hoplab/sdk'
import type { Settings } from './settings.ts'

/** What every node tells the others about itself when it starts. */
export interface Card {
  readonly seq: number
  readonly peer: string
  readonly addresses: readonly string[]
  readonly role: 'server' | 'client'
  readonly wayIn: WayIn
  /** Whether others can reserve places with it. */
  readonly relay: boolean
  /** Said by its group; see `bootstrapper` of Member for what it came to. */
  readonly bootstrapper: boolean
  readonly order: number
  /** Records it will provide or store. */
  readonly records: number
}

/** A node of the run. */
export interface Member extends Card {
  readonly peerId: PeerId
  readonly key: Key
  /** Place in the order of joining, from 0. */
  readonly position: number
}

/** What is decided about this node, and whether the nodes join each other. */
export interface Sharing {
  readonly settings: Settings
  /** Records it will provide or store. */
  readonly records: number
  /** False in a network that begins warm, which nobody joins. */
  readonly joins: boolean
}

/** Tells all others who this node is and resolves to all nodes that run the program, in the order in which they join: bootstrappers first, then by group_order, then by seq. */
export async function shareMembers(
  env: Env,
  node: DhtNode,
  { settings, records, joins }: Sharing,
): Promise<readonly Member[]> {
  const card: Card = {
    seq: env.seq,
    peer: node.peerId.toString(),
    addresses: node.addresses,
    role: settings.dht.clientMode ? 'client' : 'server',
    wayIn: node.wayIn,
    relay: settings.dht.relayServer && node.wayIn === 'direct',
    bootstrapper: settings.bootstrapper,
    order: settings.groupOrder,
    records,
  }
  await env.sync.publish('members', card)
  const cards = (await take(env, 'members', env.instanceCount)) as Card[]
  if (!joins) return inOrder(cards.map((card) => ({ ...card, bootstrapper: false }))).map(asMember)
  checkRelays(cards)
  return orderMembers(cards, settings.bootstrapCount)
}

/** Nodes in the order in which they join. Where no group is made of bootstrappers, the first `bootstrapCount` servers that can be dialed are. */
export function orderMembers(cards: readonly Card[], bootstrapCount: number): readonly Member[] {
  return inOrder(chooseBootstrappers(cards, bootstrapCount)).map(asMember)
}

/** Throws where nodes are to be reached through relays and nobody relays. */
export function checkRelays(cards: readonly Pick<Card, 'seq' | 'wayIn' | 'relay'>[]): void {
  const [first] = cards.filter(({ wayIn }) => wayIn === 'relays')
  if (first === undefined || cards.some(({ relay }) => relay)) return
  throw new Error(
    `instance ${first.seq} cannot be dialed and has relays > 0, and nobody relays; give a group that can be dialed relay_server = true`,
  )
}

/** The first `count` payloads of a topic. */
export async function take(env: Env, topic: string, count: number): Promise<unknown[]> {
  const payloads: unknown[] = []
  for await (const payload of env.sync.subscribe(topic, { signal: env.signal })) {
    payloads.push(payload)
    if (payloads.length === count) break
  }
  if (payloads.length < count) throw new Error(`topic "${topic}" ended after ${payloads.length} of ${count} messages`)
  return payloads
}

function chooseBootstrappers(cards: readonly Card[], count: number): Card[] {
  if (cards.some((card) => card.bootstrapper)) return cards.map(checkedBootstrapper)
  const able = inOrder(cards).filter(canBootstrap).slice(0, count)
  if (able.length === 0) throw new Error('no node can bootstrap the others: all are undialable or in client mode')
  return cards.map((card) => ({ ...card, bootstrapper: able.includes(card) }))
}

function canBootstrap(card: Card): boolean {
  return card.wayIn === 'direct' && card.role === 'server'
}

function checkedBootstrapper(card: Card): Card {
  if (card.bootstrapper && !canBootstrap(card))
    throw new Error(`instance ${card.seq} has bootstrapper = true and is undialable or in client mode`)
  return card
}

function inOrder(cards: readonly Card[]): Card[] {
  return cards.toSorted((a, b) => Number(b.bootstrapper) - Number(a.bootstrapper) || a.order - b.order || a.seq - b.seq)
}

function asMember(card: Card, position: number): Member {
  const peerId = peerIdFromString(card.peer)
  return { ...card, peerId, key: keyOfPeer(peerId), position }
}

import { type StreamNet, seededRandom } from '@hoplab/sdk'
import type { Libp2p } from '@libp2p/interface'
import { createLibp2p } from 'libp2p'
import { giveTable, liftConnectionLimit, quieten } from '../internals.ts'
import { libp2pOptions, type NodeServices } from '../options.ts'
import { streams } from '../transport/streams.ts'
import { bucketTree } from './buckets.ts'
import { closeIdle } from './idle.ts'
import { layKnownPeers } from './known-peers.ts'
import type { Memory } from './memory.ts'
import type { WarmNetwork } from './network.ts'

/** Which node starts warm, and over what. */
export interface WarmStart {
  readonly network: WarmNetwork
  readonly seq: number
  readonly net: StreamNet
  readonly memory: Memory
}

/**
 * Starts a js-libp2p node whose routing table is drawn, with the options of any other node of the plan. Its table stands still: answers and connections add nothing to it
 * and ping nobody. It does not identify itself unasked, keeps no timers while nothing happens, republishes no records, and closes connections that it opened and has not used for 30 s.
 */
export async function startWarm({ network, seq, net, memory }: WarmStart): Promise<Libp2p<NodeServices>> {
  const identity = network.identityOf(seq)
  const options = network.optionsOf(seq)
  const table = network.tableOf(seq)
  // Drawn for a node and not when it is made, so that when nodes are made shifts no other draw.
  const noiseKey = seededRandom(network.identities.seed, `noise:${seq}`).bytes(32)
  const libp2p = await createLibp2p({
    ...libp2pOptions(identity, { net, transport: streams(net), quiet: true, noiseKey }, options),
    datastore: memory.datastore,
    start: false,
  })
  const { dht } = libp2p.services
  quieten(dht)
  layKnownPeers(libp2p.peerStore, { network, own: identity.peerId, table, memory })
  await libp2p.start()
  liftConnectionLimit(libp2p)
  const paths = seededRandom(network.identities.seed, `paths:${seq}`)
  giveTable(dht, {
    shuffle: paths.shuffle,
    root: bucketTree(Array.from(table, network.peerAt), options.bucketSize),
    nearest: (key, count) => network.nearestIn(table, key, count).map(({ peerId }) => peerId),
  })
  closeIdle(libp2p)
  return libp2p
}

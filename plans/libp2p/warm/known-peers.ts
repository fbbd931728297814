import type { Peer, PeerData, PeerId, PeerStore } from '@libp2p/interface'
import type { Memory } from './memory.ts'
import type { WarmNetwork } from './network.ts'
import type { WarmPeer } from './peer.ts'

interface KnownPeersOf {
  readonly network: WarmNetwork
  readonly own: PeerId
  /** Ranks, rising. */
  readonly table: Uint32Array
  readonly memory: Memory
}

/**
 * Lays the peers of a warm node's table over its peer store: it answers for them from what all nodes share, until it is told something else about one. What is told
 * and changes nothing is not written: addresses that everyone knows, and which protocols a peer spoke or when it was dialed, which nothing reads while tables stand still.
 */
export function layKnownPeers(store: PeerStore, { network, own, table, memory }: KnownPeersOf): void {
  const { learned, written } = memory
  const original = {
    get: store.get.bind(store),
    has: store.has.bind(store),
    getInfo: store.getInfo.bind(store),
    merge: store.merge.bind(store),
    patch: store.patch.bind(store),
    save: store.save.bind(store),
    delete: store.delete.bind(store),
  }
  const shared = (id: PeerId): WarmPeer | null => {
    const peer = own.equals(id) ? null : network.find(id)
    return peer === null || written.has(peer.rank) ? null : peer
  }
  const known = (id: PeerId): WarmPeer | null => {
    const peer = shared(id)
    return peer !== null && (holds(table, peer.rank) || learned.has(peer.rank)) ? peer : null
  }

  /** From here on the store itself says all about a peer, beginning with what is known. */
  async function write(id: PeerId, { keeps }: { readonly keeps: boolean }): Promise<void> {
    const [peer, before] = [shared(id), known(id)]
    if (peer !== null) written.add(peer.rank)
    if (keeps && before !== null) await original.save(id, { multiaddrs: before.info.multiaddrs })
  }

  Object.assign(store, {
    get: async (id, options) => known(id)?.stored ?? original.get(id, options),
    has: async (id, options) => known(id) !== null || original.has(id, options),
    getInfo: async (id, options) => known(id)?.info ?? original.getInfo(id, options),
    async merge(id, data, options) {
      if (!own.equals(id)) {
        const peer = shared(id)
        if (isSaid(data, peer)) {
          if (peer !== null && data.multiaddrs !== undefined) learned.add(peer.rank)
          return peer?.stored ?? unknown(id)
        }
        await write(id, { keeps: true })
      }
      return original.merge(id, data, options)
    },
    async patch(id, data, options) {
      await write(id, { keeps: true })
      return original.patch(id, data, options)
    },
    async save(id, data, options) {
      await write(id, { keeps: false })
      return original.save(id, data, options)
    },
    async delete(id, options) {
      await write(id, { keeps: false })
      return original.delete(id, options)
    },
  } satisfies Partial<PeerStore>)
}

/** Whether data about a peer says nothing that matters and is not known. */
function isSaid({ multiaddrs = [], protocols: _, metadata, ...more }: PeerData, peer: WarmPeer | null): boolean {
  if (Object.values(more).some((value) => value !== undefined)) return false
  if (
    metadata !== undefined &&
    !Object.keys(Object.fromEntries(entries(metadata))).every((key) => key.startsWith('last-dial-'))
  )
    return false
  return multiaddrs.every((address) => peer?.isAt(address) ?? false)
}

function entries<T>(given: Map<string, T> | Record<string, T>): Iterable<readonly [string, T]> {
  return given instanceof Map ? given : Object.entries(given)
}

function unknown(id: PeerId): Peer {
  return { id, addresses: [], protocols: [], metadata: new Map(), tags: new Map() }
}

function holds(ranks: Uint32Array, rank: number): boolean {
  let [from, to] = [0, ranks.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((ranks[middle] as number) < rank) from = middle + 1
    else to = middle
  }
  return ranks[from] === rank
}

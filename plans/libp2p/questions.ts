import { compareDistance, type Key, keyOfBytes } from '@hoplab/sdk'
import type { PeerId } from '@libp2p/interface'
import type { QueryEvent } from '@libp2p/kad-dht'
import type { CID } from 'multiformats/cid'
import { keyOfPeer } from './keyspace.ts'
import type { Answer, Gather, Question } from './lookup.ts'
import type { DhtNode } from './node.ts'

/** Nothing found yet. */
const nothing: Answer = { closest: [], found: 0, stored: null, found_from: null }

/** Finds a peer's addresses in the network, never in the own peer store; stops at the first answer that names it. */
export function findPeer(node: DhtNode, peer: PeerId, { expected }: { readonly expected: number | null }): Question {
  return {
    kind: 'find-peer',
    target: keyOfPeer(peer),
    targetPeer: peer.toString(),
    connected: node.libp2p.getConnections(peer).length > 0,
    expected,
    run: (options) => node.dht.findPeer(peer, { ...options, useCache: false }),
    gather: () =>
      firstOnly((event) =>
        event.name === 'FINAL_PEER' && event.path.index >= 0 && event.peer.id.equals(peer) ? event.from : null,
      ),
  }
}

/** Finds who provides a record; goes on until k providers are found or nobody is left to ask. */
export function findProviders(node: DhtNode, cid: CID, { expected }: { readonly expected: number | null }): Question {
  return {
    kind: 'find-providers',
    target: keyOfBytes(cid.multihash.bytes),
    targetPeer: null,
    connected: null,
    expected,
    run: (options) => node.dht.findProviders(cid, options),
    gather: () => {
      const providers = new Set<string>()
      let from: PeerId | null = null
      return {
        take: (event) => {
          if (event.name !== 'PROVIDER') return false
          from ??= event.from
          for (const { id } of event.providers) providers.add(id.toString())
          return providers.size > 0
        },
        enough: () => providers.size >= node.dht.k,
        answer: () => ({ ...nothing, found: providers.size, found_from: from?.toString() ?? null }),
      }
    },
  }
}

/** Gets a value; goes on until nobody is left to ask. A value other than `value` is not a result. */
export function getValue(
  node: DhtNode,
  key: Uint8Array,
  { value, expected }: { readonly value: Uint8Array; readonly expected: number | null },
): Question {
  return {
    kind: 'get-value',
    target: keyOfBytes(key),
    targetPeer: null,
    connected: null,
    expected,
    run: (options) => node.dht.get(key, options),
    gather: () => ({
      ...firstOnly((event) => (event.name === 'VALUE' && Buffer.compare(event.value, value) === 0 ? event.from : null)),
      enough: () => false,
    }),
  }
}

/** Finds the peers nearest to a key: the k that answered and are nearest. `nearest` is the one truly nearest, where that is known. */
export function getClosestPeers(
  node: DhtNode,
  key: Uint8Array,
  { expected, nearest = null }: { readonly expected: number | null; readonly nearest?: PeerId | null },
): Question {
  const target = keyOfBytes(key)
  return {
    kind: 'get-closest-peers',
    target,
    targetPeer: null,
    connected: nearest === null ? null : node.libp2p.getConnections(nearest).length > 0,
    expected,
    run: (options) => node.dht.getClosestPeers(key, options),
    gather: () => closestPeers(target, { stores: false, own: node.peerId }),
  }
}

/** Tells the k nearest peers that this node provides a record. They do not acknowledge it: `stored` counts those it was sent to without an error. */
export function provide(node: DhtNode, cid: CID, { expected }: { readonly expected: number | null }): Question {
  const target = keyOfBytes(cid.multihash.bytes)
  return {
    kind: 'provide',
    target,
    targetPeer: null,
    connected: null,
    expected,
    run: (options) => node.dht.provide(cid, options),
    gather: () => closestPeers(target, { stores: true, own: node.peerId }),
  }
}

/** Stores a value at the k nearest peers; `stored` counts those that answered with the same value. */
export function putValue(
  node: DhtNode,
  key: Uint8Array,
  { value, expected }: { readonly value: Uint8Array; readonly expected: number | null },
): Question {
  const target = keyOfBytes(key)
  return {
    kind: 'put-value',
    target,
    targetPeer: null,
    connected: null,
    expected,
    run: (options) => node.dht.put(key, value, options) as AsyncIterable<unknown>,
    gather: () => closestPeers(target, { stores: true, own: node.peerId }),
  }
}

/** Waits for the first event that is a result and remembers whose answer it was. */
function firstOnly(resultOf: (event: QueryEvent) => PeerId | null): Gather {
  let from: PeerId | null = null
  return {
    take: (event) => {
      from ??= resultOf(event)
      return from !== null
    },
    enough: () => from !== null,
    answer: () => (from === null ? nothing : { ...nothing, found: 1, found_from: from.toString() }),
  }
}

/** Gathers the peers that the node names at the end of its walk and, after that, who took the record. */
function closestPeers(target: Key, { stores, own }: { readonly stores: boolean; readonly own: PeerId }): Gather {
  const closest: PeerId[] = []
  const stored = new Set<string>()
  return {
    take: (event) => {
      if (event.name === 'FINAL_PEER' && event.path.index >= 0 && event.from.equals(own)) closest.push(event.peer.id)
      else if (closest.length > 0 && event.name === 'PEER_RESPONSE') stored.add(event.from.toString())
      else if (closest.length > 0 && event.name === 'QUERY_ERROR') stored.delete(event.from.toString())
      return stores ? stored.size > 0 : closest.length > 0
    },
    enough: () => false,
    answer: () => ({
      closest: closest
        .toSorted((a, b) => compareDistance(target, keyOfPeer(a), keyOfPeer(b)))
        .map((peer) => peer.toString()),
      found: stores ? stored.size : closest.length,
      stored: stores ? stored.size : null,
      found_from: null,
    }),
  }
}

import type { Key } from '@hoplab/sdk'
import type { Connection, PeerId, Transport } from '@libp2p/interface'
import type { KadDHT, QueryEvent } from '@libp2p/kad-dht'
import type { Multiaddr } from '@multiformats/multiaddr'

/** Versions whose private parts this file was read from; a test fails when others are installed. */
export const readFrom = { libp2p: '3.3.11', '@libp2p/kad-dht': '16.4.5', '@libp2p/circuit-relay-v2': '4.2.13' } as const

/** An entry of a routing table. */
export interface TableEntry {
  readonly peerId: PeerId
  readonly kadId: Key
}

interface Leaf {
  readonly peers: readonly TableEntry[]
}
interface Inner {
  readonly left: Bucket
  readonly right: Bucket
}
type Bucket = Leaf | Inner

interface Closest {
  readonly count?: number
  readonly exclude?: readonly PeerId[]
}

interface PrivateTable extends EventTarget {
  readonly size: number
  readonly kb: { root: Bucket }
  populateFromDatastoreOnStart: boolean
  closestPeers(key: Key, options?: Closest): PeerId[]
  queueRoutingTableUpdate(): void
  readonly closestPeerTagger: { start(): Promise<void>; stop(): void }
}

interface PrivateDht {
  readonly routingTable: PrivateTable
  readonly queryManager: { routingTable: PrivateTable }
  readonly querySelf: { start(): void }
  readonly reprovider: { start(): void }
}

function tableOf(dht: KadDHT): PrivateTable {
  return (dht as unknown as PrivateDht).routingTable
}

/** Every entry of a node's routing table, in the order of its leaves. */
export function tableEntries(dht: KadDHT): TableEntry[] {
  const entries: TableEntry[] = []
  const visit = (bucket: Bucket): void => {
    if ('peers' in bucket) {
      entries.push(...bucket.peers)
    } else {
      visit(bucket.left)
      visit(bucket.right)
    }
  }
  visit(tableOf(dht).kb.root)
  return entries
}

/** The entries of the table that are nearest to a key, nearest first: where a query for it starts. */
export function nearestInTable(dht: KadDHT, key: Key, count: number): PeerId[] {
  return tableOf(dht).closestPeers(key, { count })
}

/** Resolves once the table holds a peer; rejects with the signal's reason. */
export function tableHasPeer(dht: KadDHT, signal: AbortSignal): Promise<void> {
  const table = tableOf(dht)
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      if (table.size === 0 && !signal.aborted) return
      table.removeEventListener('peer:add', settle)
      signal.removeEventListener('abort', settle)
      if (table.size > 0) resolve()
      else reject(signal.reason)
    }
    table.addEventListener('peer:add', settle)
    signal.addEventListener('abort', settle)
    settle()
  })
}

/**
 * Stops the timer that tags the 20 nearest peers every 5 s so that the connection manager spares and redials them.
 * With no limit on connections it only costs: over half of what an idle node does.
 */
export function stopTagging(dht: KadDHT): void {
  tableOf(dht).closestPeerTagger.stop()
}

/** Before its start: has a node's DHT keep its table as it is, and begin nothing of itself, neither lookups of its own key nor republishing; so it has no timers. */
export function quieten(dht: KadDHT): void {
  const { routingTable, querySelf, reprovider } = dht as unknown as PrivateDht
  routingTable.populateFromDatastoreOnStart = false
  routingTable.queueRoutingTableUpdate = () => {}
  routingTable.closestPeerTagger.start = async () => {}
  querySelf.start = () => {}
  reprovider.start = () => {}
}

/** A table that a node is given. */
export interface GivenTable {
  readonly root: Bucket
  /** Those of it that are nearest to a key, nearest first; js-libp2p goes through all entries to find them. */
  readonly nearest: (key: Key, count: number) => readonly PeerId[]
  /** The order in which a query deals its first peers out to its paths; js-libp2p draws it from Math.random, where all nodes of a process draw. */
  readonly shuffle: (peers: readonly PeerId[]) => PeerId[]
}

/** After its start: puts a table in the place of a node's own. */
export function giveTable(dht: KadDHT, { root, nearest, shuffle }: GivenTable): void {
  const table = tableOf(dht)
  table.kb.root = root
  table.closestPeers = (key, { count = dht.k, exclude = [] } = {}) =>
    nearest(key, count + exclude.length)
      .filter((peer) => !exclude.some((other) => other.equals(peer)))
      .slice(0, count)
  const { queryManager } = dht as unknown as PrivateDht
  queryManager.routingTable = Object.create(table, {
    closestPeers: {
      value: (...asked: Parameters<PrivateTable['closestPeers']>) => inThisOrder(shuffle(table.closestPeers(...asked))),
    },
  })
}

/** Peers that stay in their order when they are sorted, as a query does to shuffle them. */
function inThisOrder(peers: PeerId[]): PeerId[] {
  return Object.defineProperty(peers, 'sort', { value: () => peers })
}

/** A query that js-libp2p's upkeep of the table (or a caller of `getClosestPeers`) makes. */
export interface UpkeepQuery {
  /** Whether it is the built-in self-query. */
  readonly self: boolean
  /** What is looked up, before it is hashed. */
  readonly key: Uint8Array
}

/** What is told of such a query: each event as its asker takes it, then whether the query went to its end or its asker stopped taking. */
export interface UpkeepListener {
  event(event: QueryEvent): void
  ended(how: 'drained' | 'left'): void
}

type Walk = (key: Uint8Array, options?: { readonly isSelfQuery?: boolean }) => AsyncGenerator<QueryEvent>

interface UpkeepParts {
  readonly peerRouting: { getClosestPeers: Walk }
  readonly routingTableRefresh: {
    refreshTable: (force?: boolean, options?: object) => void
    _generateRandomPeerId(commonPrefixLength: number): PeerId
  }
}

const inside = (dht: KadDHT): UpkeepParts => dht as unknown as UpkeepParts

/** Calls `begun` for each walk to the closest peers that begins in a node from now on, and tells the listener that it returns. */
export function onUpkeepQuery(dht: KadDHT, begun: (query: UpkeepQuery) => UpkeepListener): void {
  const { peerRouting } = inside(dht)
  const walk: Walk = peerRouting.getClosestPeers.bind(peerRouting)
  peerRouting.getClosestPeers = async function* (key, options) {
    const listener = begun({ self: options?.isSelfQuery === true, key })
    let how: 'drained' | 'left' = 'left'
    try {
      for await (const event of walk(key, options)) {
        listener.event(event)
        yield event
      }
      how = 'drained'
    } finally {
      listener.ended(how)
    }
  }
}

/** Calls `begun` at each refresh of the routing table that begins in a node from now on. */
export function onRefresh(dht: KadDHT, begun: () => void): void {
  const { routingTableRefresh } = inside(dht)
  const refresh = routingTableRefresh.refreshTable
  routingTableRefresh.refreshTable = (force, options) => {
    begun()
    refresh(force, options)
  }
}

/** The peer id that a refresh of one bucket would look up now; it is to share exactly that many leading bits with the node's own key. Bits from 0 to 15. */
export function refreshTarget(dht: KadDHT, commonPrefixLength: number): PeerId {
  return inside(dht).routingTableRefresh._generateRandomPeerId(commonPrefixLength)
}

interface TransportManager {
  listen(addresses: Multiaddr[]): Promise<void>
  getTransports(): readonly Transport[]
}

interface ConnectionManager {
  readonly connectionPruner: { stop(): void }
  readonly connections: { values(): Iterable<readonly Connection[]> }
  getConnections(peer?: PeerId): readonly Connection[]
}

interface Components {
  readonly transportManager: TransportManager
  readonly connectionManager: ConnectionManager
}

function componentsOf(libp2p: object): Components {
  return (libp2p as { components: Components }).components
}

function transportsOf(libp2p: object): TransportManager {
  return componentsOf(libp2p).transportManager
}

/**
 * After its start: has a node that may have any number of connections not go through them whenever one opens. It closes none for being one too many, and gathers all in
 * one go, where js-libp2p copies for each peer those of all before it.
 */
export function liftConnectionLimit(libp2p: object): void {
  const { connectionManager } = componentsOf(libp2p)
  connectionManager.connectionPruner.stop()
  const ofPeer = connectionManager.getConnections.bind(connectionManager)
  connectionManager.getConnections = (peer) => (peer === undefined ? all() : ofPeer(peer))

  function all(): readonly Connection[] {
    const gathered: Connection[] = []
    for (const some of connectionManager.connections.values()) gathered.push(...some)
    return gathered
  }
}

/** Makes a node that runs listen at one more address; js-libp2p's public way is to name all before the start, when nobody knows who relays. */
export function listenAt(libp2p: object, address: Multiaddr): Promise<void> {
  return transportsOf(libp2p).listen([address])
}

/** Calls `lost` once, when a node has no place at a relay any more. */
export function onPlaceLost(libp2p: object, relay: string, lost: () => void): void {
  for (const transport of transportsOf(libp2p).getTransports()) {
    const { reservationStore: places } = transport as Transport & { readonly reservationStore?: EventTarget }
    const hear = (event: Event): void => {
      const { detail } = event as CustomEvent<{ readonly relay: PeerId }>
      if (detail.relay.toString() !== relay) return
      places?.removeEventListener('relay:removed', hear)
      lost()
    }
    places?.addEventListener('relay:removed', hear)
  }
}

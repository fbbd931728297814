import type { Net } from '@hoplab/sdk'
import { type Identify, identify } from '@libp2p/identify'
import { type KadDHT, kadDHT, passthroughMapper, type Selectors, type Validators } from '@libp2p/kad-dht'
import { noise } from '@libp2p/noise'
import { type Ping, ping } from '@libp2p/ping'
import { yamux } from '@libp2p/yamux'
import type { Libp2pOptions } from 'libp2p'
import type { Identity } from './identity.ts'
import { type CircuitServices, circuitServices, circuitTransports } from './relay/circuits.ts'
import type { RelayOptions } from './relay/relay-options.ts'
import { type WayIn, wayIn } from './relay/way-in.ts'
import { quietLogger } from './silent.ts'
import type { TransportOf } from './transport/transport-of.ts'
import { unguardedCrypto } from './unguarded.ts'

/** Protocol that the nodes of a run speak; not the public network's, so that neither can meet the other. */
export const kadProtocol = '/hoplab/kad/1.0.0'
/** Namespace of values: keys are `/hoplab/…`. */
export const valueNamespace = 'hoplab'

/** What of a DHT node a plan decides. */
export interface DhtOptions extends RelayOptions {
  /** Entries a bucket holds, and peers an answer names. Peers. */
  readonly bucketSize: number
  /** Requests in flight on each path. */
  readonly alpha: number
  /** Disjoint paths of a query; js-libp2p's own default is alpha. */
  readonly disjointPaths: number
  /** Depth of the table's tree. It holds at most bucketSize × 2^prefixLength peers. Bits. */
  readonly prefixLength: number
  /** Asks and answers nothing: other nodes keep it out of their tables. */
  readonly clientMode: boolean
  /** `off`: js-libp2p's self-query takes no part, and queries do not wait for it; `own`: it runs as js-libp2p ships it. */
  readonly upkeep: 'off' | 'own'
  readonly values: ValueRules
}

/** Which values a node takes, and which of several it prefers, by namespace. */
export interface ValueRules {
  readonly validators: Validators
  readonly selectors: Selectors
}

/** Services of a node by name. */
export interface NodeServices extends Record<string, unknown>, Partial<CircuitServices> {
  readonly identify: Identify
  readonly ping: Ping
  readonly dht: KadDHT
}

/** Where a node listens that has a host to itself, so that it is found again after a restart; libp2p's usual port. */
const ownPort = 4001
/** A port that nothing listens on: below 1024 and reserved since 1983 for a service that nobody runs. */
const closedPort = 1
/** A node's event loop is shared with many others: time-outs must outlast a busy one. ms. */
const patientMs = 30_000
/** Further apart than any run is long: js-libp2p's self-query takes no part (it ends after 20 events); plans look themselves up. ms. */
const neverMs = 2 ** 31 - 1

/** What a node is made of beside its identity and options. */
export interface NodeParts {
  readonly net: Net
  readonly transport: TransportOf
  /** Whether it tells nobody about itself unasked and keeps nothing alive: its peers know it from the beginning. Default: it does both. */
  readonly quiet?: boolean
  /** Secret of its Noise key, 32 bytes, where that is not to be drawn when the node is made. */
  readonly noiseKey?: Uint8Array
}

/** All options of a node: the stock ones, limits lifted that a network in one machine would run into. */
export function libp2pOptions(
  identity: Identity,
  { net, transport, quiet = false, noiseKey }: NodeParts,
  options: DhtOptions,
): Libp2pOptions<NodeServices> {
  const logger = quietLogger()
  const way = wayIn(net, options)
  return {
    ...(logger && { logger }),
    privateKey: identity.privateKey,
    addresses: addressesOf(options, { net, way }),
    transports: [transport, ...circuitTransports(options)],
    connectionEncrypters: [
      noise({
        ...(noiseKey && { staticNoiseKey: noiseKey }),
        ...(net.kind === 'streams' && { crypto: unguardedCrypto }),
      }),
    ],
    streamMuxers: [yamux({ enableKeepAlive: !quiet })],
    connectionGater: { denyDialMultiaddr: () => false },
    connectionMonitor: { enabled: false },
    connectionManager: {
      inboundConnectionThreshold: Number.POSITIVE_INFINITY,
      maxIncomingPendingConnections: Number.POSITIVE_INFINITY,
      maxConnections: 100_000,
      maxDialQueueLength: 100_000,
      dialTimeout: options.dialLimitMs,
      addressDialTimeout: options.dialLimitMs,
      inboundUpgradeTimeout: patientMs,
      outboundStreamProtocolNegotiationTimeout: patientMs,
      inboundStreamProtocolNegotiationTimeout: patientMs,
    },
    services: services(options, { way, quiet }),
  }
}

/** A node that is reached through relays alone listens nowhere: those who learned an address of its own would wait at its router. */
function addressesOf(
  { undialable }: DhtOptions,
  { net, way }: { readonly net: Net; readonly way: WayIn },
): NonNullable<Libp2pOptions['addresses']> {
  if (way === 'relays') return { listen: [] }
  if (undialable) return { announce: [addressAt(net.address, { undialable })] }
  return { listen: [net.kind === 'tcp' ? `/ip4/${net.address}/tcp/0` : addressAt(net.address, { undialable })] }
}

/** The address `/ip4/…/tcp/…` that others know of a node that has a host to itself. */
export function addressAt(host: string, { undialable }: Pick<DhtOptions, 'undialable'>): string {
  return `/ip4/${host}/tcp/${undialable ? closedPort : ownPort}`
}

function services(
  options: DhtOptions,
  { way, quiet }: { readonly way: WayIn; readonly quiet: boolean },
): NonNullable<Libp2pOptions<NodeServices>['services']> {
  const timeout = { minTimeout: patientMs }
  return {
    identify: identify({ timeout: patientMs, runOnConnectionOpen: !quiet }),
    ping: ping({ maxInboundStreams: 32, maxOutboundStreams: 32, timeout: patientMs }),
    ...circuitServices(options, { way, timeoutMs: patientMs }),
    dht: kadDHT({
      protocol: kadProtocol,
      kBucketSize: options.bucketSize,
      alpha: options.alpha,
      disjointPaths: options.disjointPaths,
      prefixLength: options.prefixLength,
      clientMode: options.clientMode,
      peerInfoMapper: passthroughMapper,
      ...options.values,
      ...upkeepOptions[options.upkeep],
      networkDialTimeout: { minTimeout: options.dialLimitMs },
      pingNewContactTimeout: timeout,
      pingOldContactTimeout: timeout,
      onPeerConnectTimeout: patientMs,
    }),
  }
}

const upkeepOptions = {
  off: { allowQueryWithZeroPeers: true, initialQuerySelfInterval: neverMs, querySelfInterval: neverMs },
  own: {},
} as const

/** Takes every value of the namespace, and prefers the first. Without a validator on every node a server resets the stream of a put, and a get ends in silence. */
export const anyValue: ValueRules = {
  validators: { [valueNamespace]: async () => {} },
  selectors: { [valueNamespace]: () => 0 },
}

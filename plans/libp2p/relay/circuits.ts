import {
  type CircuitRelayServerComponents,
  type CircuitRelayService,
  type CircuitRelayTransportComponents,
  circuitRelayServer,
  circuitRelayTransport,
} from '@libp2p/circuit-relay-v2'
import { type IdentifyPush, type IdentifyPushComponents, identifyPush } from '@libp2p/identify'
import type { Transport } from '@libp2p/interface'
import type { RelayOptions } from './relay-options.ts'
import type { WayIn } from './way-in.ts'

/** Services that circuits take. */
export interface CircuitServices {
  /** Tells connected peers when the own addresses change: a relay is connected before there is an address through it. */
  readonly identifyPush: IdentifyPush
  readonly relay: CircuitRelayService
}

/** Factories of those services, as js-libp2p takes them. */
interface Circuits {
  readonly identifyPush?: (components: IdentifyPushComponents) => IdentifyPush
  readonly relay?: (components: CircuitRelayServerComponents) => CircuitRelayService
}

/** Makes the transport of a node's components. */
type CircuitsOf = (components: CircuitRelayTransportComponents) => Transport

/** More streams of a protocol than a connection between a relay and a node ever has. */
const manyStreams = 100_000

/** Whether a node knows of circuits: it relays, or is of a run in which nodes are reached through relays. */
export function speaksCircuits({ relayServer, relays }: Pick<RelayOptions, 'relayServer' | 'relays'>): boolean {
  return relayServer || relays > 0
}

/** The transport that dials `/p2p-circuit` addresses and takes connections that a relay passes on; none where the node knows of no circuits. */
export function circuitTransports(options: RelayOptions): CircuitsOf[] {
  if (!speaksCircuits(options)) return []
  const transportOf = circuitRelayTransport({
    maxInboundStopStreams: manyStreams,
    maxOutboundStopStreams: manyStreams,
    reservationCompletionTimeout: options.dialLimitMs,
  })
  return [(components) => unbounded(transportOf(components))]
}

/** js-libp2p lets a node have 64 circuits through one relay, and has no option for it but when a stream is opened. */
function unbounded(transport: Transport): Transport {
  const dial = transport.dial.bind(transport)
  const many = { maxOutboundStreams: manyStreams }
  transport.dial = (address, options) => dial(address, { ...options, ...many })
  return transport
}

/** What a node runs beside its transport to take part in circuits. A relay gives every node a place, and its circuits carry as much and last as long as they are used: js-libp2p's own are 15 places, 128 KiB and 2 min. */
export function circuitServices(
  options: RelayOptions,
  { way, timeoutMs }: { readonly way: WayIn; readonly timeoutMs: number },
): Circuits {
  if (!speaksCircuits(options)) return {}
  const push = { identifyPush: identifyPush({ timeout: timeoutMs }) }
  if (!options.relayServer || way !== 'direct') return push
  const relay = circuitRelayServer({
    hopTimeout: timeoutMs,
    maxInboundHopStreams: manyStreams,
    maxOutboundHopStreams: manyStreams,
    maxOutboundStopStreams: manyStreams,
    reservations: { maxReservations: Number.POSITIVE_INFINITY, applyDefaultLimit: false },
  })
  return { ...push, relay }
}

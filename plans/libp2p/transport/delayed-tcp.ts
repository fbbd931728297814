import { type MultiaddrConnection, type Transport, transportSymbol, type Upgrader } from '@libp2p/interface'
import { tcp } from '@libp2p/tcp'
import { DelayedConnection } from './delayed-connection.ts'
import type { Delays } from './delays.ts'
import type { TransportOf } from './transport-of.ts'

/**
 * js-libp2p's TCP, each connection of it delayed by a link. A dial takes the way of a SYN and that of its answer before the socket is opened,
 * refused or not. There is no slow start and no congestion control: a connection sends as fast as the link takes it.
 */
export function delayedTcp(delays: Delays): TransportOf {
  return (components) => {
    const inner = tcp()(components)
    const transport: Transport = {
      [transportSymbol]: true,
      [Symbol.toStringTag]: inner[Symbol.toStringTag],
      dialFilter: (addresses) => inner.dialFilter(addresses),
      listenFilter: (addresses) => inner.listenFilter(addresses),
      createListener: (options) =>
        inner.createListener({ ...options, upgrader: delayingUpgrader(options.upgrader, delays) }),
      async dial(address, options) {
        await handshake(delays, options.signal)
        return inner.dial(address, { ...options, upgrader: delayingUpgrader(options.upgrader, delays) })
      },
    }
    return transport
  }
}

async function handshake({ clock, queue, answers }: Delays, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  for (const way of [queue, answers]) {
    const { arriveMs } = way.stream().send(0)
    for (let waitMs = arriveMs - clock.now(); waitMs > 0; waitMs = arriveMs - clock.now())
      await clock.sleep(Math.ceil(waitMs), { signal })
  }
}

/** A node's upgrader, given connections that are delayed. */
function delayingUpgrader(upgrader: Upgrader, delays: Delays): Upgrader {
  const delayed = (connection: MultiaddrConnection): MultiaddrConnection => new DelayedConnection(connection, delays)
  return {
    upgradeOutbound: (connection, options) => upgrader.upgradeOutbound(delayed(connection), options),
    upgradeInbound: (connection, options) => upgrader.upgradeInbound(delayed(connection), options),
    createInboundAbortSignal: (signal) => upgrader.createInboundAbortSignal(signal),
    getStreamMuxers: () => upgrader.getStreamMuxers(),
    getConnectionEncrypters: () => upgrader.getConnectionEncrypters(),
  }
}

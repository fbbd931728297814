import type { StreamNet } from '@hoplab/sdk'
import {
  type ComponentLogger,
  type Connection,
  type CreateListenerOptions,
  type DialTransportOptions,
  type Listener,
  serviceCapabilities,
  type Transport,
  transportSymbol,
} from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { TCP } from '@multiformats/multiaddr-matcher'
import { placeOf } from './place.ts'
import { connectionOver } from './stream-connection.ts'
import { listenerOn } from './stream-listener.ts'

interface Components {
  readonly logger: ComponentLogger
}

/** js-libp2p's TCP transport where no socket carries the bytes: the same addresses, the same events, over simulated streams. */
export function streams(net: StreamNet): (components: Components) => Transport {
  return ({ logger }) => {
    const log = logger.forComponent('libp2p:tcp')
    return {
      [transportSymbol]: true,
      [Symbol.toStringTag]: '@hoplab/streams',
      [serviceCapabilities]: ['@libp2p/transport'],
      async dial(address: Multiaddr, options: DialTransportOptions): Promise<Connection> {
        options.signal.throwIfAborted()
        const { host, port } = placeOf(address)
        const stream = await net.dial({ host, port }, { signal: options.signal })
        const connection = connectionOver(stream, {
          remoteAddr: address,
          direction: 'outbound',
          log: log.newScope('connection'),
        })
        try {
          return await options.upgrader.upgradeOutbound(connection, options)
        } catch (error) {
          connection.abort(error as Error)
          throw error
        }
      },
      createListener: (options: CreateListenerOptions): Listener => listenerOn(net, { options, log }),
      listenFilter: (addresses: Multiaddr[]) => addresses.filter((one) => TCP.exactMatch(one)),
      dialFilter: (addresses: Multiaddr[]) => addresses.filter((one) => TCP.exactMatch(one)),
    }
  }
}

import type { ByteStream, StreamListener, StreamNet } from '@hoplab/sdk'
import type { CreateListenerOptions, Listener, ListenerEvents, Logger } from '@libp2p/interface'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { TypedEventEmitter } from 'main-event'
import { placeOf } from './place.ts'
import { connectionOver } from './stream-connection.ts'

/** A listener of an instance's simulated streams. */
class StreamNetListener extends TypedEventEmitter<ListenerEvents> implements Listener {
  readonly #net: StreamNet
  readonly #options: CreateListenerOptions
  readonly #log: Logger
  readonly #closing = new AbortController()
  #listener: StreamListener | null = null

  constructor(net: StreamNet, { options, log }: { readonly options: CreateListenerOptions; readonly log: Logger }) {
    super()
    this.#net = net
    this.#options = options
    this.#log = log
  }

  async listen(address: Multiaddr): Promise<void> {
    this.#listener = this.#net.listen(placeOf(address).port, (stream) => this.#accept(stream))
    queueMicrotask(() => this.safeDispatchEvent('listening'))
  }

  #accept(stream: ByteStream): void {
    const { host, port } = stream.remote
    const connection = connectionOver(stream, {
      remoteAddr: multiaddr(`/ip4/${host}/tcp/${port}`),
      direction: 'inbound',
      log: this.#log.newScope('connection'),
    })
    this.#options.upgrader
      .upgradeInbound(connection, { signal: this.#closing.signal })
      .catch((error) => connection.abort(error))
  }

  getAddrs(): Multiaddr[] {
    return this.#listener === null ? [] : [multiaddr(`/ip4/${this.#net.address}/tcp/${this.#listener.port}`)]
  }

  updateAnnounceAddrs(): void {}

  async close(): Promise<void> {
    this.#listener?.close()
    this.#listener = null
    this.#closing.abort()
    queueMicrotask(() => this.safeDispatchEvent('close'))
  }
}

/** A listener that does not listen yet. */
export function listenerOn(
  net: StreamNet,
  parts: { readonly options: CreateListenerOptions; readonly log: Logger },
): Listener {
  return new StreamNetListener(net, parts)
}

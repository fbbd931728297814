import type { ByteStream } from '@hoplab/sdk'
import { type Logger, type MultiaddrConnection, TimeoutError } from '@libp2p/interface'
import { AbstractMultiaddrConnection, type AbstractMultiaddrConnectionInit } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'

/** js-libp2p's TCP transport ends a connection on which nothing moved for this long. ms */
const idleLimitMs = 120_000

/** A byte stream as js-libp2p wants connections, with the conduct of its TCP transport. */
class StreamConnection extends AbstractMultiaddrConnection {
  readonly #stream: ByteStream
  #idle: NodeJS.Timeout
  #usedMs = Date.now()

  constructor(stream: ByteStream, init: AbstractMultiaddrConnectionInit) {
    super(init)
    this.#stream = stream
    stream.open({
      data: (bytes) => {
        this.#usedMs = Date.now()
        this.onData(bytes)
      },
      drain: () => this.safeDispatchEvent('drain'),
      ended: () => this.onTransportClosed(),
      failed: (error) => this.abort(error),
    })
    this.#idle = this.#watch(idleLimitMs)
    this.addEventListener('close', () => clearTimeout(this.#idle))
  }

  /** One timer for all that moves meanwhile. */
  #watch(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      const restMs = this.#usedMs + idleLimitMs - Date.now()
      if (restMs > 0) this.#idle = this.#watch(restMs)
      else this.abort(new TimeoutError())
    }, ms)
  }

  sendData(data: Iterable<Uint8Array> & { readonly byteLength: number }): { sentBytes: number; canSendMore: boolean } {
    let sentBytes = 0
    let canSendMore = true
    this.#usedMs = Date.now()
    for (const bytes of data) {
      sentBytes += bytes.byteLength
      canSendMore = this.#stream.send(bytes)
      if (!canSendMore) break
    }
    return { sentBytes, canSendMore }
  }

  async sendClose(): Promise<void> {
    this.#stream.close()
  }

  sendReset(): void {
    this.#stream.reset()
  }

  sendPause(): void {
    this.#stream.pause()
  }

  sendResume(): void {
    this.#stream.resume()
  }
}

/** What js-libp2p is told of a connection. */
export interface ConnectionFacts {
  readonly remoteAddr: Multiaddr
  readonly direction: 'inbound' | 'outbound'
  readonly log: Logger
}

/** Makes a byte stream a connection. */
export function connectionOver(stream: ByteStream, facts: ConnectionFacts): MultiaddrConnection {
  return new StreamConnection(stream, facts)
}

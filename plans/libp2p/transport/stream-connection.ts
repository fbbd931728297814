import type { ByteStream } from '@hoplab/sdk'
import type { Logger, MultiaddrConnection } from '@libp2p/interface'
import { AbstractMultiaddrConnection, type AbstractMultiaddrConnectionInit } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'

/** A byte stream as js-libp2p wants connections, with the conduct of its TCP transport. */
class StreamConnection extends AbstractMultiaddrConnection {
  readonly #stream: ByteStream

  constructor(stream: ByteStream, init: AbstractMultiaddrConnectionInit) {
    super(init)
    this.#stream = stream
    stream.open({
      data: (bytes) => this.onData(bytes),
      drain: () => this.safeDispatchEvent('drain'),
      ended: () => this.onTransportClosed(),
      failed: (error) => this.abort(error),
    })
  }

  sendData(data: Iterable<Uint8Array> & { readonly byteLength: number }): { sentBytes: number; canSendMore: boolean } {
    let sentBytes = 0
    let canSendMore = true
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

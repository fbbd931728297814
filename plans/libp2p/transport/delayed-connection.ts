import type { MultiaddrConnection } from '@libp2p/interface'
import { AbstractMultiaddrConnection, type SendResult } from '@libp2p/utils'
import type { Uint8ArrayList } from 'uint8arraylist'
import type { Delays } from './delays.ts'
import { type Pipe, pipe } from './pipe.ts'

/**
 * A connection that sends through a link what it is given: bytes are written to the connection inside when they would have arrived, its end
 * after them; what comes from the other side, which delays it itself, is passed on at once, and so is a reset.
 */
export class DelayedConnection extends AbstractMultiaddrConnection {
  readonly #inner: MultiaddrConnection
  readonly #pipe: Pipe

  constructor(inner: MultiaddrConnection, { link, clock, queue }: Delays) {
    super({ remoteAddr: inner.remoteAddr, direction: inner.direction, log: inner.log })
    this.#inner = inner
    this.#pipe = pipe(
      {
        pass: (bytes) => inner.send(bytes),
        passable: () => new Promise((resolve) => inner.addEventListener('drain', () => resolve(), { once: true })),
        hasRoom: () => this.safeDispatchEvent('drain'),
        failed: (error) => inner.abort(error),
      },
      { link, clock, stream: queue.stream() },
    )
    inner.addEventListener('message', ({ data }) => this.onData(data))
    inner.addEventListener('close', ({ error }) => {
      this.#pipe.drop()
      this.onTransportClosed(error)
    })
  }

  sendData(bytes: Uint8ArrayList): SendResult {
    const sentBytes = this.#pipe.take(bytes)
    return { sentBytes, canSendMore: !this.#pipe.full() }
  }

  /** The end goes the way of the bytes before it; as with a socket, nobody here waits until it has arrived. */
  async sendClose(): Promise<void> {
    this.#pipe.end(() => {
      this.#inner.close().catch((error) => this.#inner.abort(error))
    })
  }

  sendReset(error: Error): void {
    this.#pipe.drop()
    this.#inner.abort(error)
  }

  sendPause(): void {
    if (this.#inner.status === 'open') this.#inner.pause()
  }

  sendResume(): void {
    if (this.#inner.status === 'open') this.#inner.resume()
  }
}

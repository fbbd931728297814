/** One end of a connection between two instances where no socket carries it: bytes arrive whole, in order and once, as with TCP. */
export interface ByteStream {
  /** The other end as this one sees it. */
  readonly remote: { readonly host: string; readonly port: number }
  /** Takes the handlers and begins to deliver; what arrived before waits for that. */
  open(handlers: StreamHandlers): void
  /** Sends bytes; false when so much waits to be sent that the caller should wait for `drain`. */
  send(bytes: Uint8Array): boolean
  /** Sends what is waiting and then the end; nothing more is delivered. */
  close(): void
  /** Drops what is waiting and tells the other end that the connection was reset. */
  reset(): void
  /** Holds back what arrives until `resume`. */
  pause(): void
  resume(): void
}

/** What happens to one end of a connection; after `ended` or `failed` nothing does. */
export interface StreamHandlers {
  data(bytes: Uint8Array): void
  /** As much was sent as `send` had refused more for. */
  drain(): void
  /** The other end closed it. */
  ended(): void
  /** It was reset, or nothing reached the other end for too long: an error with `code`, as Node's sockets have it. */
  failed(error: Error): void
}

/** A port that takes connections. */
export interface StreamListener {
  readonly port: number
  close(): void
}

/** How an instance reaches others over simulated links. */
export interface StreamNet {
  readonly kind: 'streams'
  /** IP address of its own; another one after it came back at one. */
  readonly address: string
  /** Whether others can dial it, as the network was laid out; behind a translator they cannot. */
  readonly reachable: boolean
  /** Port 0 takes a free one. @throws Error with code EADDRINUSE. */
  listen(port: number, accept: (stream: ByteStream) => void): StreamListener
  /** Rejects with an error whose `code` is ECONNREFUSED or ETIMEDOUT, or with the signal's reason. */
  dial(
    to: { readonly host: string; readonly port: number },
    options: { readonly signal: AbortSignal },
  ): Promise<ByteStream>
}

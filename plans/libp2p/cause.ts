/** Why a dial or a request failed, as `cause` of the query record names it. */
export type Cause = 'refused' | 'timeout' | 'cancelled' | 'no-address' | 'reset' | 'unsupported' | 'other'

const byCode: Readonly<Record<string, Cause>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
}

const byName: Readonly<Record<string, Cause>> = {
  AbortError: 'timeout',
  NodeCrashError: 'cancelled',
  TimeoutError: 'timeout',
  NoValidAddressesError: 'no-address',
  StreamResetError: 'reset',
  StreamClosedError: 'reset',
  ConnectionClosedError: 'reset',
  ConnectionClosingError: 'reset',
  MuxerClosedError: 'reset',
  UnexpectedEOFError: 'reset',
  UnsupportedProtocolError: 'unsupported',
}

interface Failure {
  readonly name?: string
  readonly code?: string
  readonly message?: string
  readonly cause?: unknown
  readonly errors?: readonly unknown[]
}

/** The cause of an error, looked for in what it wraps too. An abort that was not ours is a time-out: js-libp2p aborts its own waits with the same error. What ends because the asking node crashed is ours. */
export function causeOf(error: unknown): Cause {
  if (error === null || typeof error !== 'object') return 'other'
  const { name, code, message, cause, errors } = error as Failure
  const found = byCode[code ?? ''] ?? byName[name ?? ''] ?? byMessage(message ?? '')
  if (found !== undefined) return found
  for (const inner of [cause, ...(errors ?? [])]) {
    const innerCause = causeOf(inner)
    if (innerCause !== 'other') return innerCause
  }
  return 'other'
}

/** What js-libp2p says where a relay passes a dial on to nobody. */
const relayRefuses = 'failed to connect via relay with status'

function byMessage(message: string): Cause | undefined {
  if (message.startsWith(relayRefuses)) return 'refused'
  return Object.entries(byCode).find(([code]) => message.includes(code))?.[1]
}

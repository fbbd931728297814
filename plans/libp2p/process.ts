/** Errors that js-libp2p leaves behind when a peer goes away or a time-out fires after nobody waits any more. */
const strayErrors = new Set([
  'AbortError',
  'ConnectionClosedError',
  'ConnectionClosingError',
  'MuxerClosedError',
  'StreamClosedError',
  'StreamResetError',
  'StreamStateError',
  'TimeoutError',
  'UnexpectedEOFError',
])

const strayCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE'])

/** Whether a rejection that nobody handled is js-libp2p's and harmless. */
export function isStray(reason: unknown): boolean {
  if (reason instanceof AggregateError) return reason.errors.length > 0 && reason.errors.every(isStray)
  const { name, code } = (reason ?? {}) as { name?: string; code?: string }
  return strayErrors.has(name ?? '') || strayCodes.has(code ?? '')
}

type Resolvers = { promise: Promise<unknown>; resolve: unknown; reject: unknown }

/**
 * Makes a process fit for many js-libp2p nodes; call it once, before anything else.
 * Adds `Promise.withResolvers` where Node 20 lacks it, and keeps stack traces to two frames, because making them takes a
 * quarter of the processor.
 */
export function preparePeerProcess(): void {
  const promises = Promise as unknown as { withResolvers?: () => Resolvers }
  promises.withResolvers ??= () => {
    let resolve: unknown
    let reject: unknown
    const promise = new Promise((yes, no) => {
      resolve = yes
      reject = no
    })
    return { promise, resolve, reject }
  }
  Error.stackTraceLimit = 2
}

/** Time as the program must read it: the machine's on processes and containers, virtual on `sim`. */
export interface Clock {
  /** Milliseconds since the Unix epoch, with fractions. */
  now(): number
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, options?: { signal?: AbortSignal }): Promise<void>
}

/** The machine's clock: monotonic within a process, milliseconds since the Unix epoch with fractions. */
export const machineClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep(ms, { signal } = {}) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const abort = (): void => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort)
        resolve()
      }, ms)
      signal?.addEventListener('abort', abort, { once: true })
    })
  },
}

import type { Begin } from './timer.ts'

/** How a wait may be ended before its time. */
export interface WaitOptions {
  readonly signal?: AbortSignal
}

/** What `node:timers/promises` offers, by virtual time. `wholeMs` is the delay that a number stands for. */
export function waitingBy(begin: Begin, wholeMs: (ms: number | undefined) => number) {
  function wait<T>(delayMs: number, value: T, { signal }: WaitOptions = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted(signal))
      const timer = begin(() => {
        signal?.removeEventListener('abort', abort)
        resolve(value)
      }, delayMs)
      const abort = (): void => {
        timer.close()
        reject(aborted(signal))
      }
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  return {
    setTimeout: <T>(ms?: number, value?: T, options?: WaitOptions) => wait(wholeMs(ms), value, options),
    setImmediate: <T>(value?: T, options?: WaitOptions) => wait(0, value, options),
    setInterval: <T>(ms?: number, value?: T, options?: WaitOptions) =>
      ticking((tick) => begin(tick, wholeMs(ms), true), value, options),
  }
}

/** Yields the value once a tick; ticks that nobody waited for are yielded at once when somebody does. */
async function* ticking<T>(
  start: (tick: () => void) => ReturnType<Begin>,
  value: T,
  { signal }: WaitOptions = {},
): AsyncGenerator<T> {
  if (signal?.aborted) throw aborted(signal)
  let ticks = 0
  let wake = (): void => {}
  const timer = start(() => {
    ticks++
    wake()
  })
  const abort = (): void => {
    timer.close()
    wake()
  }
  signal?.addEventListener('abort', abort, { once: true })
  try {
    for (;;) {
      if (ticks === 0 && !signal?.aborted)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      if (signal?.aborted) throw aborted(signal)
      for (; ticks > 0; ticks--) yield value
    }
  } finally {
    timer.close()
    signal?.removeEventListener('abort', abort)
  }
}

function aborted(signal: AbortSignal | undefined): Error {
  return Object.assign(new Error('The operation was aborted', { cause: signal?.reason }), {
    name: 'AbortError',
    code: 'ABORT_ERR',
  })
}

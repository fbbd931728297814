import timers from 'node:timers'
import promises from 'node:timers/promises'
import type { Event, VirtualTime } from './virtual-time.ts'

/** A timer of virtual time, with the methods of Node's own. */
class VirtualTimer {
  readonly #time: VirtualTime
  readonly #delayMs: number
  readonly #repeats: boolean
  readonly #call: () => void
  #event: Event | null = null
  #referenced = true
  readonly id: number

  constructor(time: VirtualTime, { id, delayMs, repeats, call }: Setting) {
    this.#time = time
    this.#delayMs = delayMs
    this.#repeats = repeats
    this.#call = call
    this.id = id
    this.#begin()
  }

  #begin(): void {
    this.#event = this.#time.after(this.#delayMs, () => {
      this.#event = null
      if (this.#repeats) this.#begin()
      else byId.delete(this.id)
      this.#call()
    })
  }

  refresh(): this {
    if (this.#event !== null) this.#time.cancel(this.#event)
    byId.set(this.id, this)
    this.#begin()
    return this
  }

  close(): this {
    if (this.#event !== null) this.#time.cancel(this.#event)
    this.#event = null
    byId.delete(this.id)
    return this
  }

  ref(): this {
    this.#referenced = true
    return this
  }

  unref(): this {
    this.#referenced = false
    return this
  }

  hasRef(): boolean {
    return this.#referenced
  }

  [Symbol.toPrimitive](): number {
    return this.id
  }

  [Symbol.dispose](): void {
    this.close()
  }
}

interface Setting {
  readonly id: number
  readonly delayMs: number
  readonly repeats: boolean
  readonly call: () => void
}

/** Timers that may still fire, so that one can be cleared by its number. */
const byId = new Map<number, VirtualTimer>()
/** Node takes longer ones for 1 ms. */
const longestMs = 2 ** 31 - 1

type Callback = (...values: unknown[]) => void

/** Puts timers of virtual time where the machine's are: the globals and both modules of Node. */
export function replaceTimers(time: VirtualTime): void {
  let nextId = 1

  function begin(call: () => void, delayMs: number, repeats = false): VirtualTimer {
    const timer = new VirtualTimer(time, { id: nextId++, delayMs, repeats, call })
    byId.set(timer.id, timer)
    return timer
  }

  const setTimeout = (call: Callback, ms?: number, ...values: unknown[]) =>
    begin(() => checked(call)(...values), wholeMs(ms))
  const setInterval = (call: Callback, ms?: number, ...values: unknown[]) =>
    begin(() => checked(call)(...values), wholeMs(ms), true)
  const setImmediate = (call: Callback, ...values: unknown[]) => begin(() => checked(call)(...values), 0)
  const clear = (timer: unknown): void => {
    if (timer instanceof VirtualTimer) timer.close()
    else if (typeof timer === 'number' || typeof timer === 'string') byId.get(Number(timer))?.close()
  }

  const all = {
    setTimeout,
    setInterval,
    setImmediate,
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
  }
  for (const name of ['setTimeout', 'setImmediate'] as const) promisify(all[name], waiting(begin)[name])
  Object.assign(globalThis, all)
  Object.assign(timers, all)
  Object.assign(promises, waiting(begin))
  Object.assign(promises.scheduler, {
    wait: (ms: number, options?: Options) => waiting(begin).setTimeout(ms, undefined, options),
    yield: () => waiting(begin).setImmediate(),
  })
  AbortSignal.timeout = (ms) => timeoutSignal(begin, ms)
}

interface Options {
  readonly signal?: AbortSignal
}

type Begin = (call: () => void, delayMs: number, repeats?: boolean) => VirtualTimer

/** What `node:timers/promises` offers. */
function waiting(begin: Begin) {
  function wait<T>(delayMs: number, value: T, { signal }: Options = {}): Promise<T> {
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
    setTimeout: <T>(ms?: number, value?: T, options?: Options) => wait(wholeMs(ms), value, options),
    setImmediate: <T>(value?: T, options?: Options) => wait(0, value, options),
    async *setInterval<T>(ms?: number, value?: T, options?: Options) {
      for (;;) yield wait(wholeMs(ms), value, options)
    },
  }
}

function promisify(target: object, waits: unknown): void {
  Object.defineProperty(target, Symbol.for('nodejs.util.promisify.custom'), { value: waits, enumerable: true })
}

function timeoutSignal(begin: Begin, ms: number): AbortSignal {
  const controller = new AbortController()
  const reason = (): DOMException => new DOMException('The operation was aborted due to timeout', 'TimeoutError')
  begin(() => controller.abort(reason()), Math.max(0, ms))
  return controller.signal
}

function aborted(signal: AbortSignal | undefined): Error {
  return Object.assign(new Error('The operation was aborted', { cause: signal?.reason }), {
    name: 'AbortError',
    code: 'ABORT_ERR',
  })
}

function checked(call: Callback): Callback {
  if (typeof call === 'function') return call
  throw new TypeError(`The "callback" argument must be of type function. Received ${String(call)}`)
}

function wholeMs(ms: number | undefined): number {
  const value = Math.trunc(Number(ms ?? 1))
  return value >= 1 && value <= longestMs ? value : 1
}

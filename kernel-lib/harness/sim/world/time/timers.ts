import timers from 'node:timers'
import promises from 'node:timers/promises'
import { type Begin, VirtualTimer } from './timer.ts'
import type { VirtualTime } from './virtual-time.ts'
import { type WaitOptions, waitingBy } from './waiting.ts'

/** Node takes longer ones for 1 ms. */
const longestMs = 2 ** 31 - 1

/** Puts timers of virtual time where the machine's are: the globals and both modules of Node. */
export function replaceTimers(time: VirtualTime): void {
  let nextId = 1
  const live = new Map<number, VirtualTimer>()

  const begin: Begin = (call, delayMs, repeats = false) =>
    new VirtualTimer(time, { id: nextId++, delayMs, repeats, call: checked(call), live })

  const setTimeout = (call: Callback, ms?: number, ...values: unknown[]) => begin(bound(call, values), wholeMs(ms))
  const setInterval = (call: Callback, ms?: number, ...values: unknown[]) =>
    begin(bound(call, values), wholeMs(ms), true)
  const setImmediate = (call: Callback, ...values: unknown[]) => begin(bound(call, values), 0)
  const clear = (timer: unknown): void => {
    if (timer instanceof VirtualTimer) timer.close()
    else if (typeof timer === 'number' || typeof timer === 'string') live.get(Number(timer))?.close()
  }

  const waits = waitingBy(begin, wholeMs)
  const all = {
    setTimeout,
    setInterval,
    setImmediate,
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
  }
  for (const name of ['setTimeout', 'setImmediate'] as const) promisify(all[name], waits[name])
  Object.assign(globalThis, all)
  Object.assign(timers, all)
  Object.assign(promises, waits)
  Object.assign(promises.scheduler, {
    wait: (ms: number, options?: WaitOptions) => waits.setTimeout(ms, undefined, options),
    yield: () => waits.setImmediate(),
  })
  AbortSignal.timeout = (ms) => timeoutSignal(begin, ms)
}

type Callback = (this: unknown, ...values: unknown[]) => void

function bound(call: Callback, values: readonly unknown[]): Callback {
  if (values.length === 0) return call
  checked(call)
  return function (this: unknown) {
    call.apply(this, [...values])
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

function checked(call: Callback): Callback {
  if (typeof call === 'function') return call
  const message = `The "callback" argument must be of type function. Received ${String(call)}`
  throw Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_TYPE' })
}

function wholeMs(ms: number | undefined): number {
  const value = Math.trunc(Number(ms ?? 1))
  return value >= 1 && value <= longestMs ? value : 1
}

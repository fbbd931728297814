import { epochMs } from './epoch.ts'
import { real } from './real.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Puts virtual time where programs read the machine's: Date, performance, process.hrtime, events and Intl. */
export function replaceDates(time: VirtualTime): void {
  const now = (): number => epochMs + Math.floor(time.nowMs)
  globalThis.Date = dateOf(now)
  replacePerformance(time)
  replaceProcess(time)
  replaceEventTimes(time)
  replaceIntl(now)
}

function dateOf(now: () => number): DateConstructor {
  const RealDate = real.Date
  function VirtualDate(...values: unknown[]): unknown {
    if (new.target === undefined) return new RealDate(now()).toString()
    return Reflect.construct(RealDate, values.length === 0 ? [now()] : values, new.target)
  }
  VirtualDate.prototype = RealDate.prototype
  RealDate.prototype.constructor = VirtualDate
  Object.defineProperties(VirtualDate, { name: { value: 'Date' }, length: { value: RealDate.length } })
  return Object.assign(VirtualDate, { now, parse: RealDate.parse, UTC: RealDate.UTC }) as unknown as DateConstructor
}

function replacePerformance(time: VirtualTime): void {
  const own = (name: string, value: unknown): void => {
    Object.defineProperty(performance, name, { value, configurable: true, writable: true })
  }
  const { mark, measure } = performance
  own('now', () => time.nowMs)
  own('timeOrigin', epochMs)
  own('mark', (name: string, options: PerformanceMarkOptions = {}) =>
    mark.call(performance, name, { startTime: time.nowMs, ...options }),
  )
  own('measure', (name: string, ...rest: unknown[]) => {
    const [first, end] = rest
    const options = typeof first === 'object' && first !== null ? first : withoutUndefined({ start: first ?? 0, end })
    const isOpen = !('end' in options) && !('duration' in options && 'start' in options)
    return measure.call(
      performance,
      name,
      (isOpen ? { ...options, end: time.nowMs } : options) as PerformanceMeasureOptions,
    )
  })
  own('toJSON', () => ({ nodeTiming: {}, timeOrigin: epochMs, eventLoopUtilization: {} }))
}

function withoutUndefined(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

function replaceProcess(time: VirtualTime): void {
  const nanoseconds = (): bigint => BigInt(Math.round(time.nowMs * 1000)) * 1000n
  const hrtime = (since?: [number, number]): [number, number] => {
    const ns = nanoseconds() - (since === undefined ? 0n : BigInt(since[0]) * 1_000_000_000n + BigInt(since[1]))
    return [Number(ns / 1_000_000_000n), Number(ns % 1_000_000_000n)]
  }
  process.hrtime = Object.assign(hrtime, { bigint: nanoseconds })
  process.uptime = () => time.nowMs / 1000
}

/** An event's time is when it is asked for, which is while it is being heard. */
function replaceEventTimes(time: VirtualTime): void {
  Object.defineProperty(Event.prototype, 'timeStamp', { configurable: true, enumerable: true, get: () => time.nowMs })
}

/** `format()` and `formatToParts()` without a date mean now. */
function replaceIntl(now: () => number): void {
  const { prototype } = Intl.DateTimeFormat
  const format = Object.getOwnPropertyDescriptor(prototype, 'format')?.get
  const { formatToParts } = prototype
  Object.defineProperty(prototype, 'format', {
    configurable: true,
    get(this: Intl.DateTimeFormat) {
      const bound = format?.call(this) as (date?: Date | number) => string
      return (date?: Date | number) => bound(date ?? now())
    },
  })
  prototype.formatToParts = function (date) {
    return formatToParts.call(this, date ?? now())
  }
}

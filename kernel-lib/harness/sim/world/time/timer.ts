import type { Event, VirtualTime } from './virtual-time.ts'

/** Begins a timer; `this` of the call is the timer. */
export type Begin = (call: (this: unknown) => void, delayMs: number, repeats?: boolean) => VirtualTimer

/** What a timer is made of. */
export interface TimerParts {
  readonly id: number
  readonly delayMs: number
  readonly repeats: boolean
  readonly call: (this: unknown) => void
  /** Timers that may still fire, so that one can be cleared by its number. */
  readonly live: Map<number, VirtualTimer>
}

/** A timer of virtual time, with the methods of Node's own. An interval's next time is set before it fires, so that one of its length set in its call comes after it. */
export class VirtualTimer {
  readonly #time: VirtualTime
  readonly #parts: TimerParts
  #event: Event | null = null
  #referenced = true
  #cleared = false

  constructor(time: VirtualTime, parts: TimerParts) {
    this.#time = time
    this.#parts = parts
    this.#begin()
  }

  #begin(): void {
    const { id, delayMs, repeats, live, call } = this.#parts
    live.set(id, this)
    this.#event = this.#time.after(delayMs, () => {
      this.#event = null
      if (repeats) this.#begin()
      else live.delete(id)
      call.call(this)
    })
  }

  #end(): void {
    if (this.#event !== null) this.#time.cancel(this.#event)
    this.#event = null
    this.#parts.live.delete(this.#parts.id)
  }

  /** Begins anew, also after it fired; one that was cleared stays so. */
  refresh(): this {
    if (this.#cleared) return this
    this.#end()
    this.#begin()
    return this
  }

  close(): this {
    this.#cleared = true
    this.#end()
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
    return this.#parts.id
  }

  [Symbol.dispose](): void {
    this.close()
  }
}

import { type Due, heapOf } from './heap.ts'

/** An event of virtual time that can still be taken back. */
export interface Event extends Due {
  /** Null once it happened or was taken back. */
  run: (() => void) | null
}

/** Time that passes only when whatever is to happen at a moment has happened. */
export interface VirtualTime {
  /** ms since the simulation began, in whole microseconds. */
  readonly nowMs: number
  /** Has `run` happen `delayMs` from now, after whatever is due at that moment already. */
  after(delayMs: number, run: () => void): Event
  cancel(event: Event): void
  /** Takes the next event and moves the time to it; null where nothing is to happen any more. */
  next(): (() => void) | null
  /** When the next event is due; null where there is none. */
  dueMs(): number | null
  /** Events that happened. */
  readonly happened: number
}

/** Timers that were taken back stay in the heap until their moment, or until they are most of it. */
const sweepFrom = 4096

/** A time that stands at 0. */
export function virtualTime(): VirtualTime {
  let heap = heapOf<Event>()
  let nowMs = 0
  let order = 0
  let happened = 0
  let dead = 0

  function sweep(): void {
    const kept = heapOf<Event>()
    for (let one = heap.pop(); one !== undefined; one = heap.pop()) if (one.run !== null) kept.push(one)
    heap = kept
    dead = 0
  }

  function live(): Event | undefined {
    let top = heap.peek()
    while (top !== undefined && top.run === null) {
      heap.pop()
      dead--
      top = heap.peek()
    }
    return top
  }

  return {
    get nowMs() {
      return nowMs
    },
    get happened() {
      return happened
    },
    after(delayMs, run) {
      const atMs = Math.round((nowMs + Math.max(0, delayMs)) * 1000) / 1000
      const event: Event = { atMs, order: order++, run }
      heap.push(event)
      return event
    },
    cancel(event) {
      if (event.run === null) return
      event.run = null
      dead++
      if (dead > sweepFrom && dead > heap.size / 2) sweep()
    },
    next() {
      const event = live()
      if (event === undefined) return null
      heap.pop()
      if (event.atMs > nowMs) nowMs = event.atMs
      happened++
      const { run } = event
      event.run = null
      return run
    },
    dueMs: () => live()?.atMs ?? null,
  }
}

/** Notices that nothing has been heard for long. */
export interface Standstill {
  /** Something was heard. */
  heard(): void
  /** Nothing more is to be heard. */
  end(): void
}

/** How long a simulation may say nothing of the machine's time before it is ended, ms: a long one tells its progress several times a second. */
export const standstillMs = 300_000

/** A program that is being loaded says nothing yet: its first word may take so many times as long. */
const startTimes = 15

/** Calls `onStandstill` once, `limitMs` after the last that was heard. */
export function standstill(limitMs: number, onStandstill: () => void): Standstill {
  let timer = setTimeout(onStandstill, limitMs * startTimes).unref()
  let begun = false
  let over = false
  return {
    heard() {
      if (over) return
      if (begun) timer.refresh()
      else {
        clearTimeout(timer)
        timer = setTimeout(onStandstill, limitMs).unref()
        begun = true
      }
    },
    end() {
      over = true
      clearTimeout(timer)
    },
  }
}

/** What a simulation that stands still waits for. */
export function standstillText(limitMs: number): string {
  return `simulated time to pass, which has stood for ${limitMs / 1000} s: a loop that never ends, or work outside that never comes back`
}

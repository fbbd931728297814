/** Notices that nothing has been heard for long. */
export interface Standstill {
  /** Something was heard. */
  heard(): void
  /** Nothing more is to be heard. */
  end(): void
}

/** How long a simulation may say nothing of the machine's time before it is ended, ms: a long one tells its progress several times a second. */
export const standstillMs = 300_000

/** Calls `onStandstill` once, `limitMs` after the last that was heard. */
export function standstill(limitMs: number, onStandstill: () => void): Standstill {
  const timer = setTimeout(onStandstill, limitMs)
  timer.unref()
  return {
    heard: () => void timer.refresh(),
    end: () => clearTimeout(timer),
  }
}

/** What a simulation that stands still waits for. */
export function standstillText(limitMs: number): string {
  return `simulated time to pass, which has stood for ${limitMs / 1000} s: a loop that never ends, or work outside that never comes back`
}

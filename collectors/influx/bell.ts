/** Something that one waits for, at most for a time. */
export interface Bell {
  /** Lets everybody go who waits now. */
  ring(): void
  /** Resolves when it is rung, or after `atMostMs`, which may be infinite. */
  rung(atMostMs: number): Promise<void>
}

/** A bell that nobody waits for yet; rung while nobody waits, it is not heard. */
export function bell(): Bell {
  const waiting = new Set<() => void>()
  return {
    ring() {
      for (const go of [...waiting]) go()
    },
    rung(atMostMs) {
      return new Promise((resolve) => {
        const go = (): void => {
          clearTimeout(timer)
          waiting.delete(go)
          resolve()
        }
        const timer = atMostMs === Number.POSITIVE_INFINITY ? undefined : setTimeout(go, atMostMs)
        waiting.add(go)
      })
    },
  }
}

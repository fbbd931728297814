import type { Ledger } from './ledger.ts'
import type { SyncStore } from './store.ts'
import { type Waiting, waitingText } from './waiting.ts'
import type { Who } from './who.ts'

/** A barrier as it was asked for; `key` is the state's name on the wire, `state` the program's. */
export interface BarrierRequest {
  readonly key: string
  readonly state: string
  readonly target: number
  readonly who: Who | null
}

/** The barriers of a run. */
export interface Barriers {
  /** Resolves once the state reached the target; rejects when aborted, or after the run's limit with the count and who is missing. */
  wait(request: BarrierRequest, signal: AbortSignal): Promise<void>
  waiting(): readonly Waiting[]
  /** Barriers that were not met in time, oldest first. */
  givenUp(): readonly Waiting[]
}

interface Wait extends BarrierRequest {
  count: number
  readonly sinceMs: number
}

/** Barriers over a store, each bounded by `timeoutMs`. */
export function barriers(store: SyncStore, ledger: Ledger, timeoutMs: number): Barriers {
  const waits = new Set<Wait>()
  const lost: Waiting[] = []

  const report = ({ who, key, state, target, count, sinceMs }: Wait): Waiting => ({
    who,
    state,
    target,
    count,
    missing: ledger.missing(key),
    unnamed: ledger.unnamed(key),
    sinceMs,
  })

  async function wait(request: BarrierRequest, signal: AbortSignal): Promise<void> {
    const entry: Wait = { ...request, count: 0, sinceMs: Date.now() }
    waits.add(entry)
    let stop = (): void => {}
    try {
      await new Promise<void>((resolve, reject) => {
        const seen = (count: number): void => {
          entry.count = Math.max(entry.count, count)
          if (entry.count >= entry.target) resolve()
        }
        const unwatch = store.watch(entry.key, seen)
        const timer = setTimeout(() => {
          const late = report(entry)
          lost.push(late)
          reject(new Error(`${waitingText(late)}: gave up after ${timeoutMs / 1000} s`))
        }, timeoutMs)
        const abort = (): void => reject(new Error(`barrier "${entry.state}": canceled`))
        signal.addEventListener('abort', abort, { once: true })
        stop = () => {
          unwatch()
          clearTimeout(timer)
          signal.removeEventListener('abort', abort)
        }
        if (signal.aborted) abort()
        store.count(entry.key).then(seen, reject)
      })
    } finally {
      stop()
      waits.delete(entry)
    }
  }

  return { wait, waiting: () => [...waits].map(report), givenUp: () => [...lost] }
}

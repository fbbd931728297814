import type { Ledger } from './ledger.ts'
import type { SyncStore } from './store.ts'
import { type Fallen, type Waiting, waitingText } from './waiting.ts'
import { type Who, whoText } from './who.ts'

/** A barrier as it was asked for; `key` is the state's name on the wire, `state` the program's. */
export interface BarrierRequest {
  readonly key: string
  readonly state: string
  readonly target: number
  readonly who: Who | null
}

/** The barriers of a run. */
export interface Barriers {
  /**
   * Resolves once the state reached the target; rejects when aborted, after the run's limit, when the store is gone, or as soon as it can no longer be met, with the count and who is missing.
   * It can no longer be met when too few instances are left who have not signalled it. That is known only of a state that everybody signals once: where one signalled it twice, without a name, or
   * more signals are wanted than there are instances, the limit alone counts.
   */
  wait(request: BarrierRequest, signal: AbortSignal): Promise<void>
  /** An instance ended by itself and not in success: nothing more is to be expected from it. */
  fell(fallen: Fallen): void
  waiting(): readonly Waiting[]
  /** Barriers that were given up, oldest first. */
  givenUp(): readonly Waiting[]
}

interface Wait extends BarrierRequest {
  count: number
  readonly sinceMs: number
  /** Gives up where it can no longer be met. */
  look(): void
}

/** The instances of a run as barriers need them. */
export interface BarrierOptions {
  readonly instanceCount: number
  readonly timeoutMs: number
}

/** Barriers over a store, each bounded by `timeoutMs`. */
export function barriers(store: SyncStore, ledger: Ledger, { instanceCount, timeoutMs }: BarrierOptions): Barriers {
  const waits = new Set<Wait>()
  const lost: Waiting[] = []
  const fallen: Fallen[] = []
  const missed = (key: string): readonly Fallen[] => fallen.filter(({ who }) => !ledger.has(key, who))

  const report = ({ who, key, state, target, count, sinceMs }: Wait): Waiting => ({
    who,
    state,
    target,
    count,
    missing: ledger.missing(key),
    // What the service was not told came from somebody who wrote to the store directly.
    unnamed: ledger.unnamed(key) + Math.max(0, count - ledger.total(key)),
    fallen: missed(key),
    sinceMs,
  })

  function isLost({ key, target }: Wait): boolean {
    return target <= instanceCount && ledger.once(key) && target > instanceCount - missed(key).length
  }

  /** In a shared store one who fell may have signalled without the service being told. */
  async function confirm(
    entry: Wait,
    { seen, lost }: { seen: (count: number) => void; lost: () => void },
  ): Promise<void> {
    const noted = ledger.total(entry.key)
    const count = await store.count(entry.key)
    if (count >= entry.target) seen(count)
    else if (count <= noted && waits.has(entry) && isLost(entry)) lost()
  }

  async function wait(request: BarrierRequest, signal: AbortSignal): Promise<void> {
    const entry: Wait = { ...request, count: 0, sinceMs: Date.now(), look: () => {} }
    waits.add(entry)
    let stop = (): void => {}
    try {
      await new Promise<void>((resolve, reject) => {
        const seen = (count: number): void => {
          entry.count = Math.max(entry.count, count)
          if (entry.count >= entry.target) resolve()
          else entry.look()
        }
        const giveUp = (why: string): void => {
          const late = report(entry)
          lost.push(late)
          waits.delete(entry)
          reject(new Error(`${waitingText(late)}: ${why}`))
        }
        entry.look = () => {
          if (!waits.has(entry) || !isLost(entry)) return
          const lost = (): void => giveUp('can no longer be met')
          if (store.shared) confirm(entry, { seen, lost }).catch(reject)
          else lost()
        }
        const gone = (): void => giveUp((store.gone.reason as Error).message)
        store.gone.addEventListener('abort', gone, { once: true })
        const unwatch = store.watch(entry.key, seen)
        const timer = setTimeout(giveUp, timeoutMs, `gave up after ${timeoutMs / 1000} s`)
        const abort = (): void => reject(new Error(`barrier "${entry.state}": canceled`))
        signal.addEventListener('abort', abort, { once: true })
        stop = () => {
          unwatch()
          store.gone.removeEventListener('abort', gone)
          clearTimeout(timer)
          signal.removeEventListener('abort', abort)
        }
        if (signal.aborted) abort()
        if (store.gone.aborted) gone()
        store.count(entry.key).then(seen, reject)
      })
    } finally {
      stop()
      waits.delete(entry)
    }
  }

  function fell(one: Fallen): void {
    if (fallen.some(({ who }) => whoText(who) === whoText(one.who))) return
    fallen.push(one)
    for (const entry of [...waits]) entry.look()
  }

  return { wait, fell, waiting: () => [...waits].map(report), givenUp: () => [...lost] }
}

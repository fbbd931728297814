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
  /** From now on whoever waits for a state, now or later, is told why it fails. */
  fail(key: string, why: string): void
  waiting(): readonly Waiting[]
  /** Barriers that were given up, oldest first. */
  givenUp(): readonly Waiting[]
}

interface Wait extends BarrierRequest {
  readonly group: Group
  readonly sinceMs: number
  /** Takes a count of the state. */
  seen(count: number): void
  /** Gives up where it can no longer be met. */
  look(): void
  giveUp(why: string): void
}

/** The waits for one state: a signal is looked at once, not by each of them, until it can matter to one. */
interface Group {
  readonly waits: Set<Wait>
  count: number
  /** None of the waits has a lower target. */
  nearest: number
  readonly unwatch: () => void
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
  const failed = new Map<string, string>()
  const groups = new Map<string, Group>()
  const missed = (key: string): readonly Fallen[] => fallen.filter(({ who }) => !ledger.has(key, who))

  const report = ({ who, key, state, target, group: { count }, sinceMs }: Wait): Waiting => ({
    who,
    state,
    target,
    count,
    missing: ledger.missing(key),
    // What the service was not told came from somebody who wrote to the store directly.
    unnamed: ledger.unnamed(key) + Math.max(0, count - ledger.total(key)),
    fallen: missed(key),
    failed: failed.get(key) ?? null,
    sinceMs,
  })

  function isLost({ key, target }: Wait): boolean {
    return target <= instanceCount && ledger.once(key) && target > instanceCount - missed(key).length
  }

  function groupOf(key: string): Group {
    const unwatch = store.watch(key, (count) => changed(group, count))
    const group: Group = { waits: new Set(), count: 0, nearest: Number.POSITIVE_INFINITY, unwatch }
    groups.set(key, group)
    return group
  }

  function changed(group: Group, count: number): void {
    group.count = Math.max(group.count, count)
    if (group.count < group.nearest && fallen.length === 0 && !store.gone.aborted) return
    group.nearest = Number.POSITIVE_INFINITY
    for (const one of [...group.waits]) {
      one.seen(count)
      if (one.target > group.count) group.nearest = Math.min(group.nearest, one.target)
    }
  }

  function join(entry: Wait): void {
    waits.add(entry)
    entry.group.waits.add(entry)
    entry.group.nearest = Math.min(entry.group.nearest, entry.target)
  }

  function leave(entry: Wait): void {
    waits.delete(entry)
    entry.group.waits.delete(entry)
    if (entry.group.waits.size > 0 || groups.get(entry.key) !== entry.group) return
    entry.group.unwatch()
    groups.delete(entry.key)
  }

  /** In a shared store one who fell may have signalled without the service being told. */
  async function confirm(entry: Wait, lost: () => void): Promise<void> {
    const noted = ledger.total(entry.key)
    const count = await store.count(entry.key)
    if (count >= entry.target) entry.seen(count)
    else if (count <= noted && waits.has(entry) && isLost(entry)) lost()
  }

  async function wait(request: BarrierRequest, signal: AbortSignal): Promise<void> {
    const group = groups.get(request.key) ?? groupOf(request.key)
    const entry: Wait = { ...request, group, sinceMs: Date.now(), seen: () => {}, look: () => {}, giveUp: () => {} }
    join(entry)
    let stop = (): void => {}
    try {
      await new Promise<void>((resolve, reject) => {
        entry.seen = (count) => {
          group.count = Math.max(group.count, count)
          if (group.count >= entry.target) resolve()
          else if (store.gone.aborted) giveUp((store.gone.reason as Error).message)
          else entry.look()
        }
        const giveUp = (why: string): void => {
          const late = report(entry)
          lost.push(late)
          waits.delete(entry)
          reject(new Error(`${waitingText(late)}: ${why}`))
        }
        entry.giveUp = giveUp
        entry.look = () => {
          if (!waits.has(entry) || !isLost(entry)) return
          const lost = (): void => giveUp('can no longer be met')
          if (store.shared) confirm(entry, lost).catch(reject)
          else lost()
        }
        const timer = setTimeout(giveUp, timeoutMs, `gave up after ${timeoutMs / 1000} s`)
        const abort = (): void => reject(new Error(`barrier "${entry.state}": canceled`))
        signal.addEventListener('abort', abort, { once: true })
        stop = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', abort)
        }
        if (signal.aborted) abort()
        if (failed.has(entry.key)) giveUp('has failed')
        else if (store.gone.aborted) entry.seen(0)
        else store.count(entry.key).then(entry.seen, reject)
      })
    } finally {
      stop()
      leave(entry)
    }
  }

  function fell(one: Fallen): void {
    if (fallen.some(({ who }) => whoText(who) === whoText(one.who))) return
    fallen.push(one)
    for (const entry of [...waits]) entry.look()
  }

  function fail(key: string, why: string): void {
    failed.set(key, why)
    for (const entry of [...waits]) if (entry.key === key) entry.giveUp('has failed')
  }

  return { wait, fell, fail, waiting: () => [...waits].map(report), givenUp: () => [...lost] }
}

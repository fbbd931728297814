import type { Ledger } from './ledger.ts'
import { type Pending, pending } from './pending.ts'
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
   * Done once the state reached the target; rejects when canceled, after the run's limit, when the store is gone, or as soon as it can no longer be met, with the count and who is missing.
   * It can no longer be met when too few instances are left who have not signalled it. That is known only of a state that everybody signals once: where one signalled it twice, without a name, or
   * more signals are wanted than there are instances, the limit alone counts.
   */
  wait(request: BarrierRequest): Pending
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
  readonly timer: NodeJS.Timeout
  readonly met: () => void
  readonly failed: (error: Error) => void
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
  const failures = new Map<string, string>()
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
    failed: failures.get(key) ?? null,
    sinceMs,
  })

  function isLost({ key, target }: Wait): boolean {
    return target <= instanceCount && ledger.once(key) && target > instanceCount - missed(key).length
  }

  function groupOf(key: string): Group {
    const unwatch = store.watch(key, (count) => changed(group, count))
    const group: Group = { waits: new Set(), count: 0, nearest: Number.POSITIVE_INFINITY, unwatch }
    groups.set(key, group)
    if (!store.gone.aborted)
      store.count(key).then(
        (count) => changed(group, count),
        (error) => {
          for (const one of group.waits) refuse(one, error)
        },
      )
    return group
  }

  function changed(group: Group, count: number): void {
    group.count = Math.max(group.count, count)
    if (group.count < group.nearest && fallen.length === 0 && !store.gone.aborted) return
    group.nearest = Number.POSITIVE_INFINITY
    for (const one of group.waits) {
      look(one)
      if (one.target > group.count) group.nearest = Math.min(group.nearest, one.target)
    }
  }

  function join(entry: Wait): void {
    waits.add(entry)
    entry.group.waits.add(entry)
    entry.group.nearest = Math.min(entry.group.nearest, entry.target)
  }

  /** False where it was over before. */
  function leave(entry: Wait): boolean {
    if (!waits.delete(entry)) return false
    clearTimeout(entry.timer)
    entry.group.waits.delete(entry)
    if (entry.group.waits.size > 0 || groups.get(entry.key) !== entry.group) return true
    entry.group.unwatch()
    groups.delete(entry.key)
    return true
  }

  function refuse(entry: Wait, error: Error): void {
    if (leave(entry)) entry.failed(error)
  }

  function giveUp(entry: Wait, why: string): void {
    const late = report(entry)
    if (!leave(entry)) return
    lost.push(late)
    entry.failed(new Error(`${waitingText(late)}: ${why}`))
  }

  /** Ends a wait whose target is reached, or can no longer be. */
  function look(entry: Wait): void {
    if (entry.group.count >= entry.target) {
      if (leave(entry)) entry.met()
    } else if (store.gone.aborted) giveUp(entry, (store.gone.reason as Error).message)
    else if (!isLost(entry)) return
    else if (store.shared) confirm(entry).catch((error: Error) => refuse(entry, error))
    else giveUp(entry, neverMet)
  }

  /** In a shared store one who fell may have signalled without the service being told. */
  async function confirm(entry: Wait): Promise<void> {
    const noted = ledger.total(entry.key)
    const count = await store.count(entry.key)
    if (count >= entry.target) changed(entry.group, count)
    else if (count <= noted && isLost(entry)) giveUp(entry, neverMet)
  }

  function begin(request: BarrierRequest, { met, failed }: Pick<Wait, 'met' | 'failed'>): Wait {
    const { key } = request
    const group = groups.get(key) ?? groupOf(key)
    const timer = setTimeout(() => giveUp(entry, `gave up after ${timeoutMs / 1000} s`), timeoutMs)
    const entry: Wait = { ...request, group, sinceMs: Date.now(), timer, met, failed }
    join(entry)
    if (failures.has(key)) giveUp(entry, 'has failed')
    else look(entry)
    return entry
  }

  function wait(request: BarrierRequest): Pending {
    return pending((met, failed) => {
      const entry = begin(request, { met, failed })
      return () => refuse(entry, new Error(`barrier "${request.state}": canceled`))
    })
  }

  function fell(one: Fallen): void {
    if (fallen.some(({ who }) => whoText(who) === whoText(one.who))) return
    fallen.push(one)
    for (const entry of waits) look(entry)
  }

  function fail(key: string, why: string): void {
    failures.set(key, why)
    for (const entry of waits) if (entry.key === key) giveUp(entry, 'has failed')
  }

  return { wait, fell, fail, waiting: () => [...waits].map(report), givenUp: () => [...lost] }
}

const neverMet = 'can no longer be met'

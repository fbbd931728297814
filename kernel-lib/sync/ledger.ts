import { type Who, whoText } from './who.ts'

/** Who signalled what, so that a barrier can say who is missing. */
export interface Ledger {
  note(state: string, who: Who | null): void
  /** Instances that have not signalled a state, in the order of the run. */
  missing(state: string): readonly Who[]
  /** Signals of a state from connections that named no instance. */
  unnamed(state: string): number
  has(state: string, who: Who): boolean
  /** How many signals of a state were noted, named or not. */
  total(state: string): number
  /** Whether each signal of a state came from an instance of its own, so that another one of it is not to be expected from those that gave one. */
  once(state: string): boolean
}

interface Entry {
  readonly names: Set<string>
  total: number
  repeated: boolean
  /** Null where it is to be found anew: a run with many waits asks far more often than it signals. */
  missing: readonly Who[] | null
  unnamed: number
}

/** A ledger of a run with these instances. */
export function ledger(instances: readonly Who[]): Ledger {
  const signalled = new Map<string, Entry>()
  return {
    note(state, who) {
      const entry = signalled.get(state) ?? { names: new Set(), total: 0, repeated: false, missing: null, unnamed: 0 }
      signalled.set(state, entry)
      entry.total++
      if (who === null) entry.unnamed++
      else {
        const name = whoText(who)
        entry.repeated ||= entry.names.has(name)
        entry.names.add(name)
        entry.missing = null
      }
    },
    missing(state) {
      const entry = signalled.get(state)
      if (entry === undefined) return instances
      entry.missing ??= instances.filter((who) => !entry.names.has(whoText(who)))
      return entry.missing
    },
    unnamed: (state) => signalled.get(state)?.unnamed ?? 0,
    has: (state, who) => signalled.get(state)?.names.has(whoText(who)) ?? false,
    total: (state) => signalled.get(state)?.total ?? 0,
    once(state) {
      const entry = signalled.get(state)
      return entry === undefined || (!entry.repeated && entry.unnamed === 0)
    },
  }
}

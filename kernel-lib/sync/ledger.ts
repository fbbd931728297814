import { type Who, whoText } from './who.ts'

/** Who signalled what, so that a barrier can say who is missing. */
export interface Ledger {
  note(state: string, who: Who | null): void
  /** Instances that have not signalled a state, in the order of the run. */
  missing(state: string): readonly Who[]
  /** Signals of a state from connections that named no instance. */
  unnamed(state: string): number
}

/** A ledger of a run with these instances. */
export function ledger(instances: readonly Who[]): Ledger {
  const signalled = new Map<string, { readonly names: Set<string>; unnamed: number }>()
  return {
    note(state, who) {
      const entry = signalled.get(state) ?? { names: new Set<string>(), unnamed: 0 }
      signalled.set(state, entry)
      if (who === null) entry.unnamed++
      else entry.names.add(whoText(who))
    },
    missing(state) {
      const names = signalled.get(state)?.names
      return instances.filter((who) => !names?.has(whoText(who)))
    },
    unnamed: (state) => signalled.get(state)?.unnamed ?? 0,
  }
}

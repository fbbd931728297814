import type { LookupRow } from '@hoplab/libp2p'
import { holdersRecord } from './holders-record.ts'
import type { Network } from './network.ts'

/** A record that this node provided, and the life of each peer that it was sent to. */
export interface Provided {
  readonly lookup: LookupRow
  /** When each holder that ran as the provide ended had come up, by its id as text; by the run's own time, which no clock of a node shifts. */
  readonly upSinceMs: ReadonlyMap<string, number>
}

/** What is to be known of the holders of a record whose provide ends now. */
export function providedNow({ others }: Pick<Network, 'others'>, lookup: LookupRow): Provided {
  const upSinceMs = new Map<string, number>()
  for (const peer of lookup.closest) {
    const ms = others.upSinceMs?.(peer) ?? null
    if (ms !== null) upSinceMs.set(peer, ms)
  }
  return { lookup, upSinceMs }
}

/** Records how many holders of each record that this node provided run now, and how many have run since (entry K5); nothing where nobody can tell who runs, as in a network that does not begin warm. */
export function noteHolders(
  { env, others }: Network,
  { provided, round }: { readonly provided: readonly Provided[]; readonly round: number },
): void {
  const { upSinceMs: nowOf } = others
  if (nowOf === null) return
  const records = env.records(holdersRecord)
  for (const { lookup, upSinceMs } of provided) {
    const lives = lookup.closest.map((peer) => ({ first: upSinceMs.get(peer), now: nowOf(peer) }))
    records.write({
      ts_ms: env.clock.now(),
      round,
      target: lookup.target,
      provided_ms: lookup.end_ms,
      holders: lives.length,
      alive: lives.filter(({ now }) => now !== null).length,
      holding: lives.filter(({ first, now }) => now !== null && now === first).length,
    })
  }
}

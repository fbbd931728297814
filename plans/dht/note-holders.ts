import type { LookupRow } from '@hoplab/libp2p'
import { holdersRecord } from './holders-record.ts'
import type { Network } from './network.ts'

/** Records how many holders of each record that this node provided run now (entry K5); nothing where nobody can tell who runs, as in a network that does not begin warm. */
export function noteHolders(
  { env, others }: Network,
  { provided, round }: { readonly provided: readonly LookupRow[]; readonly round: number },
): void {
  const { runs } = others
  if (runs === null) return
  const records = env.records(holdersRecord)
  for (const { target, end_ms, closest } of provided)
    records.write({
      ts_ms: env.clock.now(),
      round,
      target,
      provided_ms: end_ms,
      holders: closest.length,
      alive: closest.filter(runs).length,
    })
}

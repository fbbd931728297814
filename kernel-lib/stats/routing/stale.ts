import type { Member } from '../observed/truth.ts'
import { shareSample } from '../sample/estimate.ts'
import type { Sample } from '../sample/sample.ts'
import type { TableRow, Tables } from './tables.ts'

/** What is wrong with an entry: `gone` (its instance had ended), `undialable` (nobody can open a connection to it), `client` (it answers no DHT request); `unknown`: no node told that it is this peer. */
export type Staleness = 'fresh' | 'gone' | 'undialable' | 'client' | 'unknown'

/** R4 with the reasons. */
export interface Stale extends Sample {
  readonly snapshot: string | null
  readonly counts: Readonly<Record<Staleness, number>>
  /** Share of stale entries by bucket (common prefix length); null where the bucket is empty in every table. */
  readonly byBucket: readonly (number | null)[]
}

/** R4: share of entries that are stale at the snapshot: gone, undialable or client. Entries whose peer told no node record are missing, not stale; of a network that began warm the owner's record tells of all. */
export function stale({ tables, snapshot, truth }: Tables): Stale {
  const counts: Record<Staleness, number> = { fresh: 0, gone: 0, undialable: 0, client: 0, unknown: 0 }
  const perBucket: { stale: number; all: number }[] = []
  const known = tables.flatMap((row) => {
    const judge = judgeOf(row, truth.members(row.run))
    return row.buckets.flatMap((peers, cpl) =>
      peers.flatMap((peer) => {
        const state = judge(peer)
        counts[state]++
        if (state === 'unknown') return []
        perBucket[cpl] ??= { stale: 0, all: 0 }
        perBucket[cpl].all++
        if (state !== 'fresh') perBucket[cpl].stale++
        return [{ run: row.run, group: row.group, instance: row.instance, hit: state !== 'fresh' }]
      }),
    )
  })
  const counted = { expected: known.length + counts.unknown, failed: 0, missing: counts.unknown, censored: 0 }
  const byBucket = Array.from(perBucket, (bucket) => (bucket ? bucket.stale / bucket.all : null))
  return { ...shareSample(about, known, counted), snapshot, counts, byBucket }
}

const about = {
  name: 'stale routing-table entries',
  entry: 'R4',
  definition:
    'share of entries whose peer, at the snapshot, has ended, cannot be dialed, or is in client mode; peers without a record are missing',
  unit: 'share',
}

function judgeOf(row: TableRow, members: readonly Member[]): (peer: string) => Staleness {
  if (row.gone !== null) return judgeByOwner(row)
  const byPeer = new Map(members.map((member) => [member.peer, member]))
  return (peer) => {
    const member = byPeer.get(peer)
    if (!member) return 'unknown'
    if (row.ts_ms > member.untilMs) return 'gone'
    if (!member.dialable) return 'undialable'
    return member.role === 'client' ? 'client' : 'fresh'
  }
}

/** By what a warm network told the owner. */
function judgeByOwner({ gone, undialable, client }: TableRow): (peer: string) => Staleness {
  const states = new Map<string, Staleness>()
  for (const peer of gone ?? []) states.set(peer, 'gone')
  for (const peer of undialable ?? []) states.set(peer, 'undialable')
  for (const peer of client ?? []) states.set(peer, 'client')
  return (peer) => states.get(peer) ?? 'fresh'
}

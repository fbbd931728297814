import { closestTo, isNearer, nearestOf, type SortedKeys } from '@hoplab/sdk'
import type { Lookup, Network } from './lookup.ts'

/** What a modelled walk to the closest peers came to. */
export interface Walked {
  /** Peers that were asked. */
  readonly asked: number
  /** Share of the `replication` peers truly closest to the key, the asker left out, that it ends with; 0 to 1. */
  readonly recall: number
  /** Whether the one closest of all is among them. */
  readonly nearest: boolean
}

/** How walks go. */
export interface WalkOptions {
  /** Peers that a walk looks for, and that an answer names; 20 in IPFS. */
  readonly replication: number
  /** Disjoint paths. */
  readonly paths: number
}

/**
 * A walk to the closest peers as @libp2p/kad-dht 16 makes it: the peers of the own table nearest to the key are dealt to disjoint paths. A path asks the
 * nearest that it heard of, and goes on to those named that no path heard of, that are nearer than who named them, and that could be among
 * the `replication` nearest that answered on this path. Paths take turns, one request each. The walk returns the nearest of all that answered.
 */
export function walkTo({ keys, table }: Network, { asker, key }: Lookup, { replication, paths }: WalkOptions): Walked {
  const nearestIn = (ranks: Uint32Array): Uint32Array => nearestOf(keys, key, { among: [ranks], count: replication })
  const start = nearestIn(table(asker))
  const seen = new Set<number>([asker, ...start])
  const all = ordering(keys, key)
  const ways = Array.from({ length: Math.min(paths, start.length) }, (_, path) => ({
    queue: all.of(start.filter((_, i) => i % paths === path)),
    answered: all.of([]),
  }))
  const found = all.of([])
  for (let going = true; going; ) {
    going = false
    for (const { queue, answered } of ways) {
      const next = queue.ranks.shift()
      if (next === undefined) continue
      going = true
      if (!answered.takes(next, replication)) continue
      answered.add(next)
      found.add(next)
      for (const named of nearestIn(table(next))) {
        if (seen.has(named) || !isNearer(keys, key, [named, next]) || !answered.takes(named, replication)) continue
        seen.add(named)
        queue.add(named)
      }
    }
  }
  const truth = closestTo(keys, key, replication + 1)
    .filter((rank) => rank !== asker)
    .subarray(0, replication)
  const returned = new Set(found.ranks.slice(0, replication))
  return {
    asked: found.ranks.length,
    recall: truth.filter((rank) => returned.has(rank)).length / truth.length,
    nearest: returned.has(truth[0] as number),
  }
}

/** Ranks in the order of their distance to a key. */
interface Ordered {
  readonly ranks: number[]
  add(rank: number): void
  /** Whether a rank would be among the first `count`. */
  takes(rank: number, count: number): boolean
}

function ordering(keys: SortedKeys, key: Uint32Array): { of(ranks: Uint32Array | readonly number[]): Ordered } {
  const before = (a: number, b: number): boolean => isNearer(keys, key, [a, b])
  return {
    of(given) {
      const ranks = [...given]
      return {
        ranks,
        add(rank) {
          let place = ranks.length
          while (place > 0 && before(rank, ranks[place - 1] as number)) place--
          ranks.splice(place, 0, rank)
        },
        takes: (rank, count) => ranks.length < count || before(rank, ranks[count - 1] as number),
      }
    },
  }
}

import { closestTo, isNearer, nearestOf, type SortedKeys } from '@hoplab/sdk'

/** Peers and what each knows. */
export interface Network {
  readonly keys: SortedKeys
  /** Ranks in the table of a peer. */
  readonly table: (index: number) => Uint32Array
}

/** A key that a peer looks up. */
export interface Lookup {
  /** Rank of the peer that asks. */
  readonly asker: number
  /** Eight words, as `wordsOf` gives them. */
  readonly key: Uint32Array
}

/** How lookups go. */
export interface LookupOptions {
  /** Peers nearest to a key that hold what is stored under it; 20 in IPFS. */
  readonly replication: number
  /** Peers asked in a round; 10 in IPFS. */
  readonly concurrency: number
}

/**
 * Hops of a greedy lookup in synchronous rounds, as RFM19.1 counts them: 0 where the asker is among the `replication` peers closest to the key;
 * else 1 where one of the `concurrency` closest in its own table is; else 2 where one of the `concurrency` closest in the tables of those is; and so on.
 * Null where a round names nobody nearer than the one before, which cannot happen where every bucket that could hold a peer holds one.
 */
export function hopsOf(network: Network, { asker, key }: Lookup, options: LookupOptions): number | null {
  const { keys, table } = network
  const holders = closestTo(keys, key, options.replication)
  if (holders.includes(asker)) return 0
  const choose = (among: readonly Uint32Array[]) => nearestOf(keys, key, { among, count: options.concurrency })
  let nearest = asker
  let asked = choose([table(asker)])
  for (let hops = 1; ; hops++) {
    const [best] = asked
    // Holders are nearer than all others: where one is asked, the nearest that is asked is one.
    if (best !== undefined && holders.includes(best)) return hops
    if (best === undefined || !isNearer(keys, key, [best, nearest])) return null
    nearest = best
    asked = choose(Array.from(asked, table))
  }
}

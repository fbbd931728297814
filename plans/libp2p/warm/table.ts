import {
  bucketsOf,
  type Random,
  seededRandom,
  type TableStart,
  tableModels,
  thinned,
  withNeighbourhood,
  wordsOf,
} from '@hoplab/sdk'
import type { DhtOptions } from '../options.ts'
import type { Holdable } from './holdable.ts'

/** Whose table is drawn. */
export interface TableOwner {
  readonly seq: number
  readonly key: Uint8Array
  readonly options: Pick<DhtOptions, 'bucketSize' | 'prefixLength'>
}

/** The routing table that a node begins with: ranks of others, rising. It depends on the owner, on whom tables can hold and on the start alone: each node's is drawn from a stream of its own. */
export function tableOf(holdable: Holdable, owner: TableOwner, start: TableStart): Uint32Array {
  const random = seededRandom(start.seed, `table:${owner.seq}`)
  const ranks =
    start.recorded === null
      ? knowing(holdable, owner, { start, table: drawn(holdable, owner, { start, random }) })
      : seen(holdable, owner, { start, random })
  return ranks.sort()
}

interface Drawing {
  readonly start: TableStart
  readonly random: Random
}

/** `random` tables that are not full are `kademlia` tables; of the other models' entries a share is kept. */
function drawn({ keys }: Holdable, { key, options }: TableOwner, { start, random }: Drawing): Uint32Array {
  const { tables, fill } = start
  const owner = { keys, key: wordsOf(key) }
  const { bucketSize } = options
  const prefixLength = start.prefixLength ?? options.prefixLength
  if (tables === 'trie') return thinned(tableModels.trie(owner, random, { bucketSize, prefixLength }), fill, random)
  if (tables === 'balanced') return thinned(tableModels.balanced(owner, random, { bucketSize }), fill, random)
  return tableModels.kademlia(owner, random, { bucketSize, fill })
}

/** A drawn table with the share of its owner's neighbourhood that the start says, from a stream of its own: the entries that are farther stay. */
function knowing(
  { keys }: Holdable,
  { seq, key, options }: TableOwner,
  { start, table }: { readonly start: TableStart; readonly table: Uint32Array },
): Uint32Array {
  if (start.neighbourhood === null) return table
  const random = seededRandom(start.seed, `neighbourhood:${seq}`)
  const near = { share: start.neighbourhood, count: options.bucketSize, random }
  return withNeighbourhood(table, { keys, key: wordsOf(key) }, near)
}

/** Entries as they were recorded. One of a gone peer is drawn among gone peers that share as many bits with the owner; where there is none left, the entry is left out. */
function seen(holdable: Holdable, { seq, key }: TableOwner, { start, random }: Drawing): Uint32Array {
  const entries = start.recorded?.entries[seq - 1] ?? []
  const buckets = bucketsOf(holdable.keys, wordsOf(key))
  const ranks = new Set<number>()
  for (const entry of entries) {
    const rank = entry > 0 ? holdable.rankOf(entry) : goneIn(buckets[-entry])
    if (rank !== null) ranks.add(rank)
  }
  return Uint32Array.from(ranks)

  function goneIn(bucket: { readonly from: number; readonly to: number } | undefined): number | null {
    const gone: number[] = []
    for (let rank = bucket?.from ?? 0; rank < (bucket?.to ?? 0); rank++)
      if ((holdable.names[rank] as number) < 0 && !ranks.has(rank)) gone.push(rank)
    return gone.length === 0 ? null : (gone[random.integer(gone.length)] as number)
  }
}

import { goneAmong, keysInOrder, type Population, risingOrder, type SortedKeys, type TableStart } from '@hoplab/sdk'
import { keyOfPublicKey } from '../identities/derive.ts'
import type { Identities } from '../identities/read.ts'
import { gonePublicKey } from './gone.ts'

/** All whom tables can hold: nodes of the population, and peers that are gone for good. */
export interface Holdable {
  readonly keys: SortedKeys
  /** By rank: the position of a node, from 1, or the number of a gone peer, from 0, as −1 − number. */
  readonly names: Int32Array
  /** The rank of a node; null where tables cannot hold it. */
  rankOf(seq: number): number | null
}

interface HoldableParts {
  readonly population: Population
  readonly identities: Identities
  /** Whether a node answers questions. */
  readonly isServer: (seq: number) => boolean
}

/**
 * Whom tables can hold: servers, whether others can reach them or not, and as many gone peers as make the share `stale` of all; for recorded tables every node, and
 * as many gone peers as there are nodes.
 */
export function holdableOf({ population, identities, isServer }: HoldableParts): Holdable {
  const { start, size } = population
  const seqs: number[] = []
  for (let place = 0; place < size; place++) {
    const seq = identities.seqAt(place)
    if (start.recorded !== null || isServer(seq)) seqs.push(seq)
  }
  const gone = goneCount(start, seqs.length)
  const total = seqs.length + gone
  const bytes = new Uint8Array(total * 32)
  for (const [at, seq] of seqs.entries()) bytes.set(identities.keyOf(seq), at * 32)
  for (let number = 0; number < gone; number++)
    bytes.set(keyOfPublicKey(gonePublicKey(start.seed, number)), (seqs.length + number) * 32)
  const order = risingOrder(bytes)
  const names = Int32Array.from(order, (at) => (at < seqs.length ? (seqs[at] as number) : seqs.length - 1 - at))
  const ranks = new Int32Array(size + 1).fill(-1)
  for (const [rank, name] of names.entries()) if (name > 0) ranks[name] = rank
  return {
    keys: keysInOrder(bytes, order),
    names,
    rankOf(seq) {
      const rank = ranks[seq] ?? -1
      return rank < 0 ? null : rank
    },
  }
}

function goneCount({ recorded, stale }: TableStart, servers: number): number {
  if (servers === 0)
    throw new Error('nobody can be in a routing table: all nodes are in client mode; give a group client_mode = false')
  if (recorded === null) return goneAmong(servers, stale)
  return recorded.entries.some((entries) => entries.some((entry) => entry <= 0)) ? servers : 0
}

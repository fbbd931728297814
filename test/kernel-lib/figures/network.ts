import { createHash } from 'node:crypto'
import { base58btc } from 'multiformats/bases/base58'
import { commonPrefixLength, compareDistance } from '../../../plans/sdk/keyspace.ts'

/** A seeded stream of numbers in [0, 1) (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A made-up node: a valid peer id, its key, and the peers in its table by common prefix length. */
export interface MadeNode {
  readonly index: number
  readonly peer: string
  readonly key: Buffer
  readonly dialable: boolean
  readonly server: boolean
  readonly buckets: string[][]
}

export interface NetworkOptions {
  readonly nodes: number
  readonly k: number
  readonly seed: number
  readonly undialable: number
  /** Share of entries that tables know. */
  readonly known: number
}

/** Nodes with random keys whose tables hold up to k random peers of each bucket. */
export function madeNetwork({ nodes, k, seed, undialable, known }: NetworkOptions): MadeNode[] {
  const next = chance(seed)
  const made = Array.from({ length: nodes }, (_, index): MadeNode => {
    const digest = createHash('sha256').update(`node ${seed} ${index}`).digest()
    const id = Buffer.concat([Buffer.from([0x12, 0x20]), digest])
    const key = createHash('sha256').update(id).digest()
    return {
      index,
      peer: base58btc.baseEncode(id),
      key,
      dialable: next() >= undialable,
      server: next() >= undialable / 2,
      buckets: [],
    }
  })
  for (const node of made) fillTable(node, made, { k, known, next })
  return made
}

function fillTable(
  node: MadeNode,
  all: readonly MadeNode[],
  { k, known, next }: { k: number; known: number; next: () => number },
): void {
  for (const other of all) {
    if (other === node || !other.server || next() > (other.dialable ? known : known / 2)) continue
    const bit = commonPrefixLength(node.key, other.key)
    while (node.buckets.length <= bit) node.buckets.push([])
    const bucket = node.buckets[bit] as string[]
    if (bucket.length < k) bucket.push(other.peer)
    else if (next() < 0.5) bucket[Math.floor(next() * k)] = other.peer
  }
}

/** Nearest keys to a target first. */
export function nearest(target: Uint8Array, nodes: readonly MadeNode[]): MadeNode[] {
  return nodes.toSorted((a, b) => compareDistance(target, a.key, b.key))
}

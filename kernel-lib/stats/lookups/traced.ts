import { compareDistance, fromHex } from '@hoplab/sdk'
import { type KeyOf, keysOf } from '../observed/keys.ts'
import type { Observed } from '../observed/observed.ts'
import { type NodeRow, nodesOf } from '../observed/own-nodes.ts'
import { type Attempt, type AttemptOptions, type Attempts, attempts } from './attempts.ts'
import { type HopTree, hopTree } from './hop-tree.ts'
import { type Hops, hopsOf } from './hops-of.ts'

/** A lookup with its tree and its hops. */
export interface Traced extends Attempt {
  readonly tree: HopTree
  /** Target as 32 bytes. */
  readonly targetKey: Uint8Array
  /** The node that asked, or null where it left no record of itself. */
  readonly own: NodeRow | null
  readonly hops: Hops
}

/** Lookups with their trees, and the keys that distances are taken from. */
export interface TracedAttempts extends Omit<Attempts, 'ended'> {
  readonly ended: readonly Traced[]
  readonly keyOf: KeyOf
}

const remembered = new WeakMap<Observed, Map<string, TracedAttempts>>()

/** The lookups of loaded runs with their trees (D4); made once for the same data and options, since every statistic and figure of a page asks for them. */
export function trace(data: Observed, options: AttemptOptions = {}): TracedAttempts {
  const known = remembered.get(data) ?? new Map<string, TracedAttempts>()
  remembered.set(data, known)
  const key = `${options.phase} ${options.kind}`
  const found = known.get(key) ?? traceAll(data, options)
  known.set(key, found)
  return found
}

/** js-libp2p takes a named peer only if it is nearer than its informant; other implementations take all. */
function traceAll(data: Observed, options: AttemptOptions): TracedAttempts {
  const keyOf = keysOf(data)
  const nodeAt = nodesOf(data)
  const all = attempts(data, options)
  const ended = all.ended.map((attempt): Traced => {
    const targetKey = fromHex(attempt.target)
    const own = nodeAt(attempt)
    const order = (a: string, b: string) => {
      const [keyA, keyB] = [keyOf(a), keyOf(b)]
      return keyA && keyB ? compareDistance(targetKey, keyA, keyB) : 0
    }
    const picky = own?.agent.startsWith('js-libp2p') ?? false
    const nearer = (a: string, b: string) => order(a, b) < 0
    const tree = hopTree(attempt.events, { seeds: attempt.seeds, ...(picky ? { nearer } : {}) })
    return { ...attempt, tree, targetKey, own, hops: hopsOf(attempt, { tree, own: own?.peer ?? null, order }) }
  })
  return { ...all, ended, keyOf }
}

/** What the tree needs of an event; `queries.ndjson` rows are such. */
export interface TraceEvent {
  readonly event: string
  readonly path: number
  readonly peer: string | null
  readonly closer: readonly string[] | null
}

/** A peer that the lookup asked, or began to dial in order to ask it. */
export interface HopNode {
  readonly peer: string
  /** The peer whose answer led here; null: the own table (or not known, where `depth` is null). */
  readonly parent: string | null
  /** 1 for peers of the own table; null where no answer of this path named the peer. */
  readonly depth: number | null
  readonly path: number
  /** Whether it gave a usable answer. */
  answered: boolean
  /** Whether a request went to it that was neither answered nor failed. */
  open: boolean
}

/** The peers that a lookup met, by peer id. */
export type HopTree = ReadonlyMap<string, HopNode>

/** Where a tree begins, and which of the peers that an answer names are followed. */
export interface HopTreeOptions {
  /** Peers of the own table that the query started from. */
  readonly seeds: readonly string[]
  /** Given for implementations that take a named peer only if it is nearer to the target than its informant, as js-libp2p does: whether a is nearer than b. */
  readonly nearer?: (a: string, b: string) => boolean
}

interface Offers {
  first: string
  firstNearer: string | null
}

/**
 * D4: the tree of a lookup. The root (depth 0) is the own node; seeds, and peers asked before any answer came, are at depth 1;
 * any other peer's parent is the peer of the earliest answer that named it before it was asked, on the same disjoint path.
 * With `nearer`, the earliest informant farther from the target than the peer is preferred, since such an implementation ignores others.
 */
export function hopTree(events: readonly TraceEvent[], { seeds, nearer }: HopTreeOptions): HopTree {
  const tree = new Map<string, HopNode>()
  const offers = new Map<string, Offers>()
  const starts = new Set(seeds)
  let answers = 0
  for (const { event, path, peer, closer } of events) {
    if (peer === null || path < 0) continue
    if ((event === 'dial' || event === 'sent') && !tree.has(peer)) {
      const seed = starts.has(peer) || answers === 0
      tree.set(peer, place(peer, { path, seed, tree, offers: offers.get(`${path}|${peer}`) }))
    }
    const node = tree.get(peer)
    if (node && event === 'sent') node.open = true
    if (node && (event === 'answered' || event === 'failed')) node.open = false
    if (event !== 'answered') continue
    answers++
    if (node) node.answered = true
    for (const named of closer ?? []) offer(offers, { path, named, by: peer, nearer: nearer?.(named, peer) ?? false })
  }
  return tree
}

/** Peers from the first asked to this one, along the parents; null where the tree does not tell. */
export function pathTo(tree: HopTree, peer: string): string[] | null {
  const path: string[] = []
  for (let at: string | null = peer; at !== null; ) {
    const node: HopNode | undefined = tree.get(at)
    if (!node || node.depth === null) return null
    path.unshift(at)
    at = node.parent
  }
  return path
}

interface Placing {
  readonly path: number
  readonly seed: boolean
  readonly tree: HopTree
  readonly offers: Offers | undefined
}

function place(peer: string, { path, seed, tree, offers }: Placing): HopNode {
  const fresh = { peer, path, answered: false, open: false }
  if (seed) return { ...fresh, parent: null, depth: 1 }
  const parent = offers?.firstNearer ?? offers?.first ?? null
  const above = parent === null ? null : (tree.get(parent)?.depth ?? null)
  return { ...fresh, parent, depth: above === null ? null : above + 1 }
}

function offer(
  offers: Map<string, Offers>,
  { path, named, by, nearer }: { path: number; named: string; by: string; nearer: boolean },
): void {
  const key = `${path}|${named}`
  const known = offers.get(key)
  if (!known) offers.set(key, { first: by, firstNearer: nearer ? by : null })
  else if (nearer) known.firstNearer ??= by
}

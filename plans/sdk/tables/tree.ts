import { keyWords } from './words.ts'

/**
 * The binary tree of sorted keys without its one-armed nodes. A node is named by the first rank of its ones: it divides a range of keys
 * that are equal before bit `bits[node]` there; `zeros[node]` and `ones[node]` divide its halves. 0 names no node: a range of one peer.
 */
export interface KeyTree {
  /** Divides the whole population; 0 where there is one peer alone. */
  readonly root: number
  readonly bits: Uint8Array
  readonly zeros: Uint32Array
  readonly ones: Uint32Array
}

/** The tree over sorted words: the Cartesian tree of the prefix lengths that neighbours share, for a range divides where its neighbours share least. */
export function treeOf(words: Uint32Array, size: number): KeyTree {
  const bits = new Uint8Array(size)
  const [zeros, ones] = [new Uint32Array(size), new Uint32Array(size)]
  const open: number[] = []
  for (let node = 1; node < size; node++) {
    bits[node] = sharedWithPrevious(words, size, node)
    let below = 0
    while (open.length > 0 && (bits[open.at(-1) as number] as number) > (bits[node] as number))
      below = open.pop() as number
    zeros[node] = below
    if (open.length > 0) ones[open.at(-1) as number] = node
    open.push(node)
  }
  return { root: open[0] ?? 0, bits, zeros, ones }
}

function sharedWithPrevious(words: Uint32Array, size: number, rank: number): number {
  let w = 0
  while (w < keyWords - 1 && words[w * size + rank] === words[w * size + rank - 1]) w++
  return w * 32 + Math.clz32((words[w * size + rank] as number) ^ (words[w * size + rank - 1] as number))
}

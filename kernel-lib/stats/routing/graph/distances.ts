import type { Graph } from './graph.ts'

/** Shortest paths found from some sources. */
export interface Distances {
  /** Sources that were searched from. */
  readonly sources: number
  /** Longest of the shortest paths; null without a pair. With sampled sources a lower bound. */
  readonly diameter: number | null
  /** Pairs by their distance: `byLength[d]`. */
  readonly byLength: readonly number[]
  /** Mean distance from each source to all that it reaches; null where it reaches none. */
  readonly means: readonly (number | null)[]
}

/** Breadth-first search from each source over the vertices reachable from it. */
export function distancesFrom(graph: Graph, sources: readonly number[]): Distances {
  const byLength: number[] = []
  const depth = new Int32Array(graph.size)
  const queue = new Uint32Array(graph.size)
  const means = sources.map((source) => search(graph, source, { depth, queue, byLength }))
  return { sources: sources.length, diameter: byLength.length > 1 ? byLength.length - 1 : null, byLength, means }
}

interface Buffers {
  readonly depth: Int32Array
  readonly queue: Uint32Array
  readonly byLength: number[]
}

function search({ offsets, targets }: Graph, source: number, { depth, queue, byLength }: Buffers): number | null {
  depth.fill(-1)
  depth[source] = 0
  queue[0] = source
  let end = 1
  let sum = 0
  for (let head = 0; head < end; head++) {
    const v = queue[head] as number
    const far = (depth[v] as number) + 1
    for (let i = offsets[v] as number; i < (offsets[v + 1] as number); i++) {
      const to = targets[i] as number
      if (depth[to] !== -1) continue
      depth[to] = far
      queue[end++] = to
      sum += far
      byLength[0] ??= 0
      byLength[far] = (byLength[far] ?? 0) + 1
    }
  }
  return end > 1 ? sum / (end - 1) : null
}

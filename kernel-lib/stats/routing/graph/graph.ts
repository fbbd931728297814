/** A directed graph as compressed sparse rows: the targets of vertex v are `targets[offsets[v] … offsets[v + 1] − 1]`. */
export interface Graph {
  readonly size: number
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
}

/** A graph of `size` vertices from edges, each `[from, to]`; an edge told twice counts once, and loops not at all. */
export function graphOf(size: number, edges: Iterable<readonly [number, number]>): Graph {
  const out: Set<number>[] = Array.from({ length: size }, () => new Set())
  for (const [from, to] of edges) if (from !== to) out[from]?.add(to)
  const offsets = new Uint32Array(size + 1)
  for (let v = 0; v < size; v++) offsets[v + 1] = (offsets[v] as number) + (out[v] as Set<number>).size
  const targets = new Uint32Array(offsets[size] as number)
  for (let v = 0; v < size; v++) targets.set([...(out[v] as Set<number>)], offsets[v])
  return { size, offsets, targets }
}

/** Edges that leave each vertex. */
export function outDegrees({ size, offsets }: Graph): number[] {
  return Array.from({ length: size }, (_, v) => (offsets[v + 1] as number) - (offsets[v] as number))
}

/** Edges that enter each vertex. */
export function inDegrees({ size, targets }: Graph): number[] {
  const degrees = new Array<number>(size).fill(0)
  for (const target of targets) degrees[target] = (degrees[target] as number) + 1
  return degrees
}

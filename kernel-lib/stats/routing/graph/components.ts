import type { Graph } from './graph.ts'

/** Vertices by component, the largest first, ties by the smallest vertex; vertices in rising order. */
export type Components = readonly (readonly number[])[]

/** Weak components: vertices joined by edges in either direction (union-find with path halving). */
export function weakComponents(graph: Graph): Components {
  const parent = Uint32Array.from({ length: graph.size }, (_, v) => v)
  const root = (v: number) => {
    let at = v
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number
      at = parent[at] as number
    }
    return at
  }
  for (let v = 0; v < graph.size; v++)
    for (let i = graph.offsets[v] as number; i < (graph.offsets[v + 1] as number); i++) {
      const [a, b] = [root(v), root(graph.targets[i] as number)]
      parent[Math.max(a, b)] = Math.min(a, b)
    }
  return gather(Uint32Array.from(parent, (_, v) => root(v)))
}

/** Strong components: vertices that reach each other (Tarjan 1972, without recursion, so that size is no limit). */
export function strongComponents({ size, offsets, targets }: Graph): Components {
  const order = new Uint32Array(size)
  const low = new Uint32Array(size)
  const next = offsets.slice(0, size)
  const component = new Int32Array(size).fill(-1)
  const open: number[] = []
  let met = 0
  const enter = (v: number, calls: number[]) => {
    order[v] = low[v] = ++met
    open.push(v)
    calls.push(v)
  }
  const close = (v: number) => {
    if (low[v] !== order[v]) return
    for (let member = -1; member !== v; ) {
      member = open.pop() as number
      component[member] = v
    }
  }
  const walk = (start: number) => {
    const calls: number[] = []
    enter(start, calls)
    while (calls.length > 0) {
      const v = calls[calls.length - 1] as number
      const edge = next[v] as number
      if (edge < (offsets[v + 1] as number)) {
        next[v] = edge + 1
        const to = targets[edge] as number
        if (order[to] === 0) enter(to, calls)
        else if (component[to] === -1) low[v] = Math.min(low[v] as number, order[to] as number)
      } else {
        close(v)
        calls.pop()
        const caller = calls[calls.length - 1]
        if (caller !== undefined) low[caller] = Math.min(low[caller] as number, low[v] as number)
      }
    }
  }
  for (let v = 0; v < size; v++) if (order[v] === 0) walk(v)
  return gather(component)
}

function gather(labels: ArrayLike<number>): Components {
  const members = new Map<number, number[]>()
  for (let v = 0; v < labels.length; v++) {
    const label = labels[v] as number
    const others = members.get(label)
    if (others) others.push(v)
    else members.set(label, [v])
  }
  return [...members.values()].sort((a, b) => b.length - a.length || (a[0] as number) - (b[0] as number))
}

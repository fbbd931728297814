/** Where an observation comes from: lookups of one node, and nodes of one run, are not independent. */
export interface Origin {
  readonly run: string
  readonly group: string
  readonly instance: number
}

/** Names a node among all runs. */
export function nodeOf({ run, group, instance }: Origin): string {
  return `${run}/${group}/${instance}`
}

/** Indices of observations by run, and in it by node. */
export type Clusters = readonly (readonly Uint32Array[])[]

/** Sorts observations into runs and nodes, in the order in which they are first met. */
export function clusters(origins: readonly Origin[]): Clusters {
  const runs = new Map<string, Map<string, number[]>>()
  for (const [i, origin] of origins.entries()) {
    const nodes = runs.get(origin.run) ?? new Map<string, number[]>()
    runs.set(origin.run, nodes)
    const node = nodeOf(origin)
    const members = nodes.get(node)
    if (members) members.push(i)
    else nodes.set(node, [i])
  }
  return [...runs.values()].map((nodes) => [...nodes.values()].map((members) => Uint32Array.from(members)))
}

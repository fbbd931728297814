import { type Graph, graphOf } from './graph/graph.ts'
import type { Tables } from './tables.ts'

/** The directed graph of the routing tables of one run: an edge from each owner to each entry. */
export interface TableGraph {
  readonly run: string
  /** Peer id by vertex. */
  readonly peers: readonly string[]
  /** By vertex: in server mode; a peer that told no record counts as a server, since it stands in a table. */
  readonly servers: readonly boolean[]
  /** By vertex: its table is known. */
  readonly told: readonly boolean[]
  readonly graph: Graph
}

/** The graph of each run whose tables are all told: of a network that began warm a few are, which are no graph of it. Vertices: every node that told who it is, every owner, every entry. */
export function tableGraphs({ tables, truth }: Tables): TableGraph[] {
  const runs = [...new Set(tables.map((row) => row.run))].filter(truth.isWhole)
  return runs.map((run) => {
    const rows = tables.filter((row) => row.run === run)
    const vertices = new Map<string, number>()
    const vertex = (peer: string) => {
      const known = vertices.get(peer) ?? vertices.size
      vertices.set(peer, known)
      return known
    }
    const clients = new Set<string>()
    for (const { peer, role } of truth.members(run)) {
      vertex(peer)
      if (role === 'client') clients.add(peer)
    }
    const edges: [number, number][] = []
    for (const row of rows) {
      const from = vertex(row.peer)
      for (const bucket of row.buckets) for (const entry of bucket) edges.push([from, vertex(entry)])
    }
    const peers = [...vertices.keys()]
    const owners = new Set(rows.map((row) => row.peer))
    return {
      run,
      peers,
      servers: peers.map((peer) => !clients.has(peer)),
      told: peers.map((peer) => owners.has(peer)),
      graph: graphOf(peers.length, edges),
    }
  })
}

/** The part of the graph among server-mode peers: clients stand in no table, so that each would be an island by definition. */
export function serverGraph({ run, peers, servers, told, graph }: TableGraph): TableGraph {
  const kept = peers.flatMap((_, v) => (servers[v] ? [v] : []))
  const renamed = new Map(kept.map((v, i) => [v, i]))
  const edges: [number, number][] = []
  for (const v of kept)
    for (const target of graph.targets.subarray(graph.offsets[v], graph.offsets[v + 1])) {
      const to = renamed.get(target)
      if (to !== undefined) edges.push([renamed.get(v) as number, to])
    }
  return {
    run,
    peers: kept.map((v) => peers[v] as string),
    servers: kept.map(() => true),
    told: kept.map((v) => told[v] as boolean),
    graph: graphOf(kept.length, edges),
  }
}

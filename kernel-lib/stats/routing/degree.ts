import { meanSample } from '../sample/estimate.ts'
import { gini } from '../sample/gini.ts'
import { quantile } from '../sample/quantile.ts'
import type { Sample } from '../sample/sample.ts'
import { inDegrees, outDegrees } from './graph/graph.ts'
import { tableGraphs } from './table-graph.ts'
import type { Tables } from './tables.ts'

/** Degrees in one direction. */
export interface Degree extends Sample {
  readonly min: number | null
  readonly median: number | null
  readonly max: number | null
  /** 0: all equal; towards 1: one peer has all. */
  readonly gini: number | null
}

/** R6: degrees in the directed graph of the routing tables. */
export interface Degrees {
  readonly snapshot: string | null
  /** Of server-mode peers: tables that hold the peer. */
  readonly in: Degree
  /** Of nodes whose table is known: peers in it. */
  readonly out: Degree
  /** Server-mode peers that stand in no table. */
  readonly zeroIn: readonly string[]
}

/** R6: in-degree and out-degree over the graph of the tables at the snapshot. Tables that are missing lower in-degrees, and are counted as missing. */
export function degrees(all: Tables): Degrees {
  const graphs = tableGraphs(all)
  const inwards = graphs.flatMap(({ run, peers, servers, graph }) => {
    const counts = inDegrees(graph)
    return peers.flatMap((peer, v) =>
      servers[v] ? [{ run, group: '', instance: v, peer, value: counts[v] as number }] : [],
    )
  })
  const outwards = graphs.flatMap(({ run, told, graph }) =>
    outDegrees(graph).flatMap((value, v) => (told[v] ? [{ run, group: '', instance: v, value }] : [])),
  )
  return {
    snapshot: all.snapshot,
    in: degree('in-degree', inwards, all),
    out: degree('out-degree', outwards, all),
    zeroIn: inwards.flatMap(({ peer, value }) => (value === 0 ? [peer] : [])),
  }
}

function degree(name: 'in-degree' | 'out-degree', observations: Parameters<typeof meanSample>[1], all: Tables): Degree {
  const values = observations.map((each) => each.value)
  const definition =
    name === 'in-degree' ? 'tables that hold the peer, over server-mode peers' : 'peers in the table, over tables'
  const expected = name === 'in-degree' ? values.length : all.expected
  const missing = name === 'in-degree' ? 0 : all.missing
  return {
    ...meanSample({ name, entry: 'R6', definition, unit: 'peers' }, observations, {
      expected,
      failed: 0,
      missing,
      censored: 0,
      of: 'peers',
    }),
    min: quantile(values, 0),
    median: quantile(values, 0.5),
    max: quantile(values, 1),
    gini: gini(values),
  }
}

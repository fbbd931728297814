import { bootstrapInterval } from '../sample/bootstrap.ts'
import { mean } from '../sample/mean.ts'
import type { Sample } from '../sample/sample.ts'
import { type Components, strongComponents, weakComponents } from './graph/components.ts'
import { serverGraph, type TableGraph, tableGraphs } from './table-graph.ts'
import type { Tables } from './tables.ts'

/** Components in one sense; the sample itself is the share of peers in the largest one, a value per run. */
export interface Connectedness extends Sample {
  /** Number of components of each run. */
  readonly components: readonly number[]
  /** Peers outside the largest component, by component. */
  readonly islands: readonly (readonly string[])[]
}

/** R7. */
export interface Connectivity {
  readonly snapshot: string | null
  readonly weak: Connectedness
  readonly strong: Connectedness
}

/** R7: weak and strong components of the graph of the tables among server-mode peers. Nodes whose table is missing have no edges out and make islands. */
export function connectivity(all: Tables): Connectivity {
  const graphs = tableGraphs(all).map(serverGraph)
  return {
    snapshot: all.snapshot,
    weak: connected('weak', graphs, { all, of: weakComponents }),
    strong: connected('strong', graphs, { all, of: strongComponents }),
  }
}

interface Sense {
  readonly all: Tables
  readonly of: (graph: TableGraph['graph']) => Components
}

function connected(sense: 'weak' | 'strong', graphs: readonly TableGraph[], { all, of }: Sense): Connectedness {
  const perRun = graphs.map((each) => ({ ...each, components: of(each.graph) }))
  const values = perRun.map(({ components, peers }) => (components[0]?.length ?? 0) / peers.length)
  const vertices = graphs.reduce((sum, each) => sum + each.peers.length, 0)
  const reach = sense === 'weak' ? 'joined by entries in either direction' : 'that reach each other along entries'
  return {
    name: `peers in the largest ${sense} component`,
    entry: 'R7',
    definition: `share of server-mode peers in the largest set of peers ${reach}`,
    unit: 'share',
    n: vertices,
    expected: vertices,
    failed: 0,
    missing: all.missing,
    censored: 0,
    estimate: mean(values),
    interval: bootstrapInterval(
      graphs.map(({ run }) => ({ run, group: '', instance: 0 })),
      (weights) => mean([...weights].flatMap((weight, i) => new Array<number>(weight).fill(values[i] as number))),
      { of: 'runs' },
    ),
    values,
    components: perRun.map(({ components }) => components.length),
    islands: perRun.flatMap(({ components, peers }) =>
      components.slice(1).map((island) => island.map((v) => peers[v] as string)),
    ),
  }
}

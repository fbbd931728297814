import { commonPrefixLength, nodeRecord } from '@hoplab/sdk'
import { keysOf } from '../stats/observed/keys.ts'
import type { Observed } from '../stats/observed/observed.ts'
import { rowsOf } from '../stats/observed/rows.ts'
import { strongComponents } from '../stats/routing/graph/components.ts'
import { inDegrees } from '../stats/routing/graph/graph.ts'
import { serverGraph, type TableGraph, tableGraphs } from '../stats/routing/table-graph.ts'
import { tablesAt } from '../stats/routing/tables.ts'
import { type DrawnRun, drawnRuns } from './data/runs.ts'
import { colours } from './draw/colours.ts'
import type { Ground } from './draw/drawing.ts'
import { type Key, withLegend } from './draw/legend.ts'
import { componentColour, drawRing, type Ring } from './draw/ring.ts'
import { drawAggregate } from './draw/ring-aggregate.ts'
import type { Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { captionOf, counted, plural } from './words/words.ts'

/** Peers past which edges are added up instead of drawn. */
const mostDrawn = 1000

/** What the graph of the routing tables is drawn from. */
export interface RoutingGraphData extends Ring {
  readonly snapshot: string
  /** Tables there should have been, and those that are missing. */
  readonly expected: number
  readonly missing: number
  /** Peers in client mode, which stand in no table and are not drawn. */
  readonly clients: number
  /** Sizes of the strong components, largest first. */
  readonly components: readonly number[]
  readonly runs: readonly DrawnRun[]
}

/** Figure of R7: the graph of the routing tables on the key-space ring, components coloured; of the first run where there are several. */
export function routingGraph(data: Observed, options: { snapshot?: string } = {}): Figure {
  const all = tablesAt(data, options)
  const [whole] = tableGraphs(all)
  const counts = { snapshot: all.snapshot ?? options.snapshot ?? 'end', expected: all.expected, missing: all.missing }
  if (!whole)
    return drawRoutingGraph({
      ...counts,
      clients: 0,
      components: [],
      peers: [],
      edges: [],
      runs: drawnRuns(data),
    })
  const graph = serverGraph(whole)
  const clients = whole.peers.length - graph.peers.length
  return drawRoutingGraph({ ...counts, clients, ...ringOf(graph, data), runs: drawnRuns(data, graph.run) })
}

function ringOf({ run, peers, graph }: TableGraph, data: Observed): Ring & { components: number[] } {
  const keyOf = keysOf(data)
  const undialable = new Set(
    rowsOf(data.nodes, nodeRecord).flatMap((node) => (node.run === run && !node.dialable ? [node.peer] : [])),
  )
  const components = strongComponents(graph)
  const component = new Map(components.flatMap((members, index) => members.map((member) => [member, index] as const)))
  const degrees = inDegrees(graph)
  const keys = peers.map((peer) => keyOf(peer) ?? new Uint8Array(32))
  const edges = peers.flatMap((_, from) =>
    [...graph.targets.subarray(graph.offsets[from], graph.offsets[from + 1])].map((to) => ({
      from,
      to,
      cpl: commonPrefixLength(keys[from] as Uint8Array, keys[to] as Uint8Array),
    })),
  )
  return {
    peers: peers.map((peer, index) => ({
      peer,
      at: positionOf(keys[index] as Uint8Array),
      inDegree: degrees[index] ?? 0,
      component: component.get(index) ?? 0,
      unreachable: degrees[index] === 0 || undialable.has(peer),
    })),
    edges,
    components: components.map((members) => members.length),
  }
}

/** Place of a key in the key space, 0 to 1, from its first 32 bits. */
function positionOf(key: Uint8Array): number {
  return new DataView(key.buffer, key.byteOffset, 4).getUint32(0) / 2 ** 32
}

/** The same from a ring: past 1,000 peers the edges are added up by the leading bits of the keys. */
export function drawRoutingGraph(data: RoutingGraphData): Figure {
  const { peers, edges, components } = data
  const aggregate = peers.length > mostDrawn
  const drawn = aggregate
    ? 'Entries per table by the leading bits of the owner’s and the entry’s key.'
    : 'Peers stand on the ring by the first bits of their key; lines are routing-table entries, stronger the nearer the two keys.'
  const common = {
    name: 'routing-graph',
    subtitle: `Graph of the routing tables (R7) at “${data.snapshot}”: server-mode peers and what their tables hold; components are sets of peers that reach each other along entries. ${drawn}`,
    caption: captionOf(
      `n ${counted(peers.length, 'peer')}, ${counted(edges.length, 'entry')}`,
      `tables: expected ${data.expected}, failed 0, missing ${data.missing}, censored 0`,
      data.clients > 0 ? `${counted(data.clients, 'client')} not drawn` : '',
    ),
    runs: data.runs,
  }
  if (peers.length === 0)
    return noData({
      ...common,
      what: 'Graph of the routing tables',
      why: `no routing table was recorded at “${data.snapshot}”`,
    })
  const title = titleOf(data)
  return makeFigure({
    ...common,
    title,
    description: `${title}. ${counted(components.length, 'strong component')}, ${counted(edges.length, 'table entry')} among ${counted(peers.length, 'peer')}.`,
    columns: ['peer', 'key_position', 'in_degree', 'component', 'unreachable'],
    rows: peers.map((one) => [one.peer, one.at, one.inDegree, one.component + 1, one.unreachable]),
    draw: (ground) =>
      aggregate
        ? drawAggregate(ground, data)
        : withLegend(ground, legendOf(data), drawRing(ground, data, figureOf(ground))),
  })
}

const figureOf = (ground: Ground) => ground.id.replace(/-[wn]$/, '')

function titleOf({ peers, components }: RoutingGraphData): string {
  const largest = components[0] ?? 0
  const unheld = peers.filter((peer) => peer.inDegree === 0).length
  const none = unheld === 0 ? '' : `; ${unheld} ${unheld === 1 ? 'stands' : 'stand'} in no table`
  if (largest === peers.length)
    return `All ${counted(peers.length, 'peer')} reach each other through their routing tables`
  return `${largest.toLocaleString('en-US')} of ${counted(peers.length, 'peer')} reach each other through their routing tables${none}`
}

function legendOf({ components, peers }: RoutingGraphData): Key[] {
  const unreachable = peers.filter((peer) => peer.unreachable).length
  const shown = components
    .slice(0, 4)
    .map((size, index) => ({ sign: '●', colour: componentColour(index), label: `${size} ${plural(size, 'peer')}` }))
  const more =
    components.length > 4
      ? [{ sign: '●', colour: colours.grey, label: `${counted(components.length - 4, 'component')} more` }]
      : []
  return [
    ...shown,
    ...more,
    ...(unreachable > 0
      ? [{ sign: '○', colour: 'currentColor', label: `${unreachable} in no table, or undialable` }]
      : []),
    { sign: '⬤', colour: 'currentColor', label: 'larger: in more tables' },
  ]
}

import { meanSample } from '../sample/estimate.ts'
import { seededRandom } from '../sample/random.ts'
import type { Sample } from '../sample/sample.ts'
import { strongComponents } from './graph/components.ts'
import { type Distances, distancesFrom } from './graph/distances.ts'
import { graphOf } from './graph/graph.ts'
import { serverGraph, type TableGraph, tableGraphs } from './table-graph.ts'
import type { Tables } from './tables.ts'

/** R8; the sample itself is the average shortest path, one value per source. */
export interface PathLengths extends Sample {
  readonly snapshot: string | null
  /** Longest shortest path over all runs; a lower bound where sources were sampled. Null without a pair. */
  readonly diameter: number | null
  /** Vertices of the largest strong component, over all runs. */
  readonly vertices: number
  /** Sources searched from; fewer than `vertices` where they were sampled. */
  readonly sources: number
  readonly exact: boolean
}

const exactBelow = 3000
const sampled = 500

/** R8: diameter and average shortest path on the largest strong component of the table graph among server-mode peers. Exact below 3,000 vertices, else from 500 seeded sources. */
export function pathLengths(all: Tables, options: { seed?: number } = {}): PathLengths {
  const graphs = tableGraphs(all).map(serverGraph)
  const found = graphs.map((each) => ({ ...distances(each, options.seed ?? 1), run: each.run }))
  const observations = found.flatMap(({ run, means, chosen }) =>
    means.flatMap((value, i) => (value === null ? [] : [{ run, group: '', instance: chosen[i] as number, value }])),
  )
  const total = (of: 'vertices' | 'sources') => found.reduce((sum, each) => sum + each[of], 0)
  const counted = {
    expected: total('sources'),
    failed: 0,
    missing: total('sources') - observations.length,
    censored: 0,
  }
  const diameters = found.flatMap(({ diameter }) => diameter ?? [])
  return {
    ...meanSample(about, observations, { ...counted, of: 'sources' }),
    snapshot: all.snapshot,
    diameter: diameters.length > 0 ? Math.max(...diameters) : null,
    vertices: total('vertices'),
    sources: total('sources'),
    exact: total('vertices') === total('sources'),
  }
}

const about = {
  name: 'average shortest path',
  entry: 'R8',
  definition:
    'mean number of entries to follow from one peer to another, over pairs of the largest strong component of the table graph',
  unit: 'hops',
}

function distances({ graph }: TableGraph, seed: number): Distances & { vertices: number; chosen: readonly number[] } {
  const members = strongComponents(graph)[0] ?? []
  const renamed = new Map(members.map((v, i) => [v, i]))
  const edges: [number, number][] = []
  for (const v of members)
    for (const target of graph.targets.subarray(graph.offsets[v], graph.offsets[v + 1])) {
      const to = renamed.get(target)
      if (to !== undefined) edges.push([renamed.get(v) as number, to])
    }
  const inner = graphOf(members.length, edges)
  const vertices = members.map((_, i) => i)
  const chosen = members.length < exactBelow ? vertices : choose(vertices, sampled, seed)
  return { ...distancesFrom(inner, chosen), vertices: members.length, chosen }
}

function choose(vertices: readonly number[], count: number, seed: number): number[] {
  const random = seededRandom(seed)
  const rest = [...vertices]
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (rest.length - i))
    const picked = rest[j] as number
    rest[j] = rest[i] as number
    rest[i] = picked
  }
  return rest.slice(0, count)
}

import { nodeRecord } from '@hoplab/sdk'
import { nodeOf, type Origin } from '../sample/clusters.ts'
import type { Observed } from './observed.ts'
import { type RowOf, rowsOf } from './rows.ts'

/** A row of the nodes table. */
export type NodeRow = RowOf<typeof nodeRecord>

/** The node of an instance, or null where it left no record of itself. */
export type NodeAt = (origin: Origin) => NodeRow | null

/** Looks up the node that an instance wrote of itself. */
export function nodesOf(data: Pick<Observed, 'nodes'>): NodeAt {
  const rows = new Map(rowsOf(data.nodes, nodeRecord).map((row) => [nodeOf(row), row]))
  return (origin) => rows.get(nodeOf(origin)) ?? null
}

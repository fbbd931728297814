import { compareDistance, fromHex, nodeRecord } from '@hoplab/sdk'
import { nodeCount } from '../../composition/groups.ts'
import type { RunSpec } from '../../composition/spec.ts'
import type { RunRecord } from '../../run/record.ts'
import type { Observed } from './observed.ts'
import type { NodeRow } from './own-nodes.ts'
import { rowsOf } from './rows.ts'

/** A node that has told who it is, with its key and the time from and until which it is known to live. */
export interface Member extends NodeRow {
  readonly bytes: Uint8Array
  readonly untilMs: number
}

/** Who took part in each run. Of a run that began warm, most of whose nodes run no program, none is said to serve: its records do not tell. */
export interface Truth {
  /** Nodes of a run that were alive at a time. A node lives from its record until its instance ended. */
  alive(run: string, atMs: number): readonly Member[]
  /** Nodes of a run that served at a time: alive and in server mode. */
  servers(run: string, atMs: number): readonly Member[]
  /** How many nodes beside one served at a time. Of a run that began warm: all that its spec counts, those of groups with the parameter `client_mode` left out. */
  serversBeside(peer: string, { run, atMs }: { readonly run: string; readonly atMs: number }): number
  /** Whether instances are all there is of a run's network: of one that began warm they are a few of its nodes. */
  isWhole(run: string): boolean
  /** All nodes of a run that told who they are. */
  members(run: string): readonly Member[]
  /** Instances of a run that never told who they are: the truth lacks them. */
  unknown(run: string): number
}

/** What is known of the whole network: its nodes, their keys, and how long each lived. */
export function truthOf(data: Pick<Observed, 'nodes' | 'records'>): Truth {
  const byRun = new Map<string, Member[]>()
  const ends = new Map(data.records.map((record) => [record.run, endOf(record)]))
  for (const node of rowsOf(data.nodes, nodeRecord)) {
    const members = byRun.get(node.run) ?? []
    byRun.set(node.run, members)
    const untilMs = ends.get(node.run)?.(node) ?? Number.POSITIVE_INFINITY
    members.push({ ...node, bytes: fromHex(node.key), untilMs })
  }
  const members = (run: string) => byRun.get(run) ?? []
  const begunWarm = new Map(data.records.flatMap(({ run, spec }) => (warm(spec) ? [[run, serverCount(spec)]] : [])))
  const alive = (run: string, atMs: number) => members(run).filter((m) => m.ts_ms <= atMs && atMs <= m.untilMs)
  const serving = (run: string, atMs: number) => alive(run, atMs).filter((member) => member.role === 'server')
  return {
    members,
    isWhole: (run) => !begunWarm.has(run),
    alive,
    servers: (run, atMs) => (begunWarm.has(run) ? [] : serving(run, atMs)),
    serversBeside(peer, { run, atMs }) {
      const served = serving(run, atMs)
      return (begunWarm.get(run) ?? served.length) - served.filter((member) => member.peer === peer).length
    },
    unknown: (run) => {
      const record = data.records.find((each) => each.run === run)
      return Math.max(0, (record?.instances.length ?? 0) - members(run).length)
    },
  }
}

const warm = (spec: Partial<RunSpec>): boolean => (spec.start ?? null) !== null

function serverCount({ groups }: RunSpec): number {
  return nodeCount({ groups: groups.filter(({ params }) => params.client_mode !== true) })
}

/** The k members nearest to a key, nearest first. */
export function nearestTo(key: Uint8Array, members: readonly Member[], k: number): Member[] {
  return [...members].sort((a, b) => compareDistance(key, a.bytes, b.bytes)).slice(0, k)
}

/** When the instance of a node ended. An end before the node's own record is of another clock (foreign or virtual) and says nothing. */
function endOf(record: RunRecord): (node: NodeRow) => number {
  const ends = new Map(record.instances.map((each) => [`${each.group}/${each.index}`, each.ending?.endedMs ?? 0]))
  return ({ group, instance, ts_ms }) => {
    const end = ends.get(`${group}/${instance}`) ?? 0
    return end >= ts_ms && end > 0 ? end : Number.POSITIVE_INFINITY
  }
}

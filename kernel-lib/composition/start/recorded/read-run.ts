import type { Resource } from '../../world/filling.ts'
import type { Seen, SeenNode } from './snapshot.ts'

/** Where a recorded run is, and which of its moments is taken. */
export interface RunSnapshot {
  /** Its folder, as `resource` knows it. */
  readonly run: string
  /** Name of the moment. */
  readonly snapshot: string
  readonly resource: Resource
}

type Line = Readonly<Record<string, unknown>>

/** The tables that the nodes of a run of ours had at a named moment: each node's last snapshot of that name. `record` is the text of its record. */
export function readRun(record: string, { run, snapshot, resource }: RunSnapshot): Seen {
  const instances = instancesOf(record)
  if (instances === null) return { fault: 'its record.json was cut or altered; take the tables of another run' }
  const nodes: SeenNode[] = []
  const without: string[] = []
  const moments = new Set<string>()
  for (const { group, index, seq } of instances) {
    const [node] = linesOf(resource, `${run}/${group}/${index}/node.ndjson`)
    const tables = linesOf(resource, `${run}/${group}/${index}/tables.ndjson`)
    for (const { snapshot: moment } of tables) if (typeof moment === 'string') moments.add(moment)
    const table = tables.findLast((line) => line.snapshot === snapshot)
    const peer = node?.peer
    if (typeof peer !== 'string' || !Array.isArray(table?.buckets)) without.push(`${group}/${index}`)
    else nodes.push({ seq, peer, key: String(node?.key), table: peersOf(table.buckets) })
  }
  return without.length === 0 ? { nodes } : { fault: lacking({ snapshot, without, moments }) }
}

/** Those in a table, each once: @libp2p/kad-dht 16 holds a peer twice where two additions split a leaf at the same time. */
function peersOf(buckets: readonly unknown[]): readonly string[] {
  return [...new Set(buckets.flat().map(String))]
}

function lacking(found: {
  readonly snapshot: string
  readonly without: readonly string[]
  readonly moments: ReadonlySet<string>
}): string {
  const { snapshot, without, moments } = found
  const shown = without.slice(0, 3).join(', ')
  const more = without.length > 3 ? ` and ${without.length - 3} more` : ''
  const others = [...moments].filter((moment) => moment !== snapshot).join('", "')
  const instead = others === '' ? 'take a run that recorded them' : `write snapshot = "${others}", or take another run`
  return `has no tables "${snapshot}" of ${shown}${more}; ${instead}`
}

interface SeenInstance {
  readonly group: string
  readonly index: number
  readonly seq: number
}

function instancesOf(record: string): readonly SeenInstance[] | null {
  const { instances } = parsed(record) ?? {}
  if (!Array.isArray(instances) || instances.length === 0) return null
  const fits = (one: SeenInstance | null): boolean =>
    typeof one?.group === 'string' && !/[/\\]/.test(one.group) && [one.index, one.seq].every(Number.isSafeInteger)
  return instances.every(fits) ? instances : null
}

/** Whole lines of a file; none where it is not there. */
function linesOf(resource: Resource, path: string): readonly Line[] {
  try {
    return resource(path)
      .split('\n')
      .map(parsed)
      .filter((line) => line !== null)
  } catch {
    return []
  }
}

function parsed(text: string): Line | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Line) : null
  } catch {
    return null
  }
}

import { from } from 'arquero'
import { plainTopology, plainWorld } from '../../../kernel-lib/composition/world/plain.ts'
import { madeLookup } from './lookup.ts'
import { chance, type MadeNode, madeNetwork } from './network.ts'

export interface MadeRunOptions {
  readonly nodes: number
  readonly k?: number
  readonly seed?: number
  readonly undialable?: number
  readonly lookupsPerNode?: number
  readonly run?: string
  readonly known?: number
}

/** A made-up run in the shape that `load` returns: the same options, the same rows. Not a measurement of anything. */
export function madeRun(options: MadeRunOptions) {
  const { nodes, k = 20, seed = 7, undialable = 0.1, lookupsPerNode = 10, known = 0.9 } = options
  const run = options.run ?? `01MADEUP${String(nodes).padStart(4, '0')}${'0'.repeat(14)}`
  const network = madeNetwork({ nodes, k, seed, undialable, known })
  const next = chance(seed + 1)
  const servers = network.filter((node) => node.server && node.dialable)
  const startMs = 1_700_000_000_000
  const lookups: Record<string, unknown>[] = []
  const queryEvents: Record<string, unknown>[] = []
  for (const node of network)
    for (let i = 0; i < lookupsPerNode; i++) {
      const others = (next() < 0.95 ? servers : network).filter((other) => other !== node)
      const target = others[Math.floor(next() * others.length)] as MadeNode
      const made = madeLookup(node, target, network, {
        name: `l${i}`,
        startMs: startMs + i * 800 + Math.floor(next() * 700),
        k,
        alpha: 3,
        next,
      })
      const where = { run, group: 'single', instance: node.index, seed }
      for (const event of made.events)
        queryEvents.push({ ...where, ...event, phase: 'measured', lookup_row: lookups.length })
      lookups.push({ ...where, ...made.row })
    }
  return {
    records: [record(run, nodes, seed, k)],
    damage: [],
    ...tables({ run, seed, k, startMs, network }),
    lookups: from(lookups),
    queryEvents: from(queryEvents),
  }
}

function tables({
  run,
  seed,
  k,
  startMs,
  network,
}: {
  run: string
  seed: number
  k: number
  startMs: number
  network: readonly MadeNode[]
}) {
  const where = (node: MadeNode) => ({ run, group: 'single', instance: node.index, seed })
  const servers = network.filter((node) => node.server)
  const half = (buckets: readonly string[][]) => buckets.map((bucket) => bucket.slice(0, Math.ceil(bucket.length / 2)))
  const snapshots = servers.flatMap((node) => [
    { ...where(node), ts_ms: startMs - 9000, snapshot: 'joined', peer: node.peer, k, buckets: half(node.buckets) },
    { ...where(node), ts_ms: startMs - 1000, snapshot: 'bootstrapped', peer: node.peer, k, buckets: node.buckets },
    { ...where(node), ts_ms: startMs + 9000, snapshot: 'end', peer: node.peer, k, buckets: node.buckets },
  ])
  const entries = snapshots.flatMap(({ buckets, k: _, ...rest }) =>
    buckets.flatMap((bucket, cpl) => bucket.map((entry) => ({ ...rest, entry, cpl }))),
  )
  return {
    instances: from(network.map((node) => ({ ...where(node), outcome: 'success', reason: 'said so' }))),
    nodes: from(
      network.map((node) => ({
        ...where(node),
        ts_ms: startMs - 10_000,
        peer: node.peer,
        key: node.key.toString('hex'),
        role: node.server ? 'server' : 'client',
        dialable: node.dialable,
        bootstrapper: node.index === 0,
        agent: 'js-libp2p/3.3.11',
      })),
    ),
    snapshots: from(snapshots),
    entries: from(entries),
  }
}

function record(run: string, nodes: number, seed: number, k: number) {
  const instances = Array.from({ length: nodes }, (_, index) => ({
    group: 'single',
    index,
    seq: index + 1,
    outcome: 'success' as const,
    reason: 'said so',
    spoke: ['sync', 'exit'],
    ending: {
      exit: { code: 0, signal: null },
      killed: null,
      fault: null,
      stdoutEvents: [],
      syncEvents: [],
      lastWords: '',
      waitingFor: null,
      startedMs: 0,
      endedMs: 1,
    },
  }))
  const group = {
    id: 'single',
    count: nodes,
    program: true,
    role: '',
    version: '',
    params: { bucket_size: k },
    ...plainWorld,
  }
  return {
    schema: 'hoplab/record/1' as const,
    run,
    spec: {
      schema: 'hoplab/spec/4' as const,
      plan: 'dht',
      case: 'find-peers',
      seed,
      groups: [group],
      network: null,
      topology: plainTopology,
      start: null,
      timeoutMs: 60_000,
    },
    specHash: '0'.repeat(64),
    harness: 'made-up',
    strict: false,
    placement: null,
    versions: {},
    machine: null,
    startedMs: 0,
    endedMs: 1,
    outcome: 'success' as const,
    instances,
    artifacts: [],
    imported: null,
  }
}

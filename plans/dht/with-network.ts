import {
  ask,
  type DhtNode,
  describeNode,
  type PeerId,
  snapshotTable,
  startNode,
  type WarmNetwork,
} from '@hoplab/libp2p'
import {
  type Env,
  lookupRecord,
  nearestRecord,
  nodeRecord,
  queryRecord,
  surroundingsRecord,
  tableRecord,
} from '@hoplab/sdk'
import { bootstrap } from './bootstrap.ts'
import { join, rejoin } from './join.ts'
import { measureLink } from './measure-link.ts'
import { shareMembers } from './members.ts'
import type { Network } from './network.ts'
import { type Others, othersAmong, othersOf } from './others.ts'
import { readSettings, type Settings } from './settings.ts'
import { surroundingsOf } from './surroundings.ts'
import { limited } from './time-limit.ts'
import { trim } from './trim.ts'
import { meet } from './turns.ts'
import { checkSeed, warmNetworkOf } from './warm.ts'

/**
 * Brings the network up, runs `measure` once everyone is ready, and takes it down when everyone is done.
 * Snapshots: `joined` when all have joined, `bootstrapped` when the tables are judged good enough, or `warm` where the tables were drawn; `end`.
 */
export async function withNetwork(
  outer: Env,
  { records = 0 }: { readonly records?: number },
  measure: (network: Network) => Promise<void>,
): Promise<void> {
  const settings = readSettings(outer.params)
  const { caseLimitMs } = settings
  const env = limited(outer, { ms: caseLimitMs, message: `not done within ${caseLimitMs / 1000} s (timeout_secs)` })
  let opened: Network | null = null
  const done = new AbortController()
  const warm = env.population === null ? null : warmNetworkOf(env.population)
  if (warm !== null) checkSeed(settings, warm)
  const node = await startNode(env, settings.dht, {
    identitySeed: settings.peerIdSeed ?? env.seed,
    rejoin: async () => (opened === null || warm !== null ? undefined : rejoin(opened)),
    warm,
  })
  try {
    const network = await env.stage('start', () =>
      openNetwork(env, node, { settings, records, done: done.signal, warm }),
    )
    opened = network
    if (warm === null) await bringUp(network)
    else network.snapshot('warm')
    await meet(env, 'ready')
    await env.stage('measure', () => measure(network))
    await meet(env, 'measured')
    done.abort()
    network.snapshot('end')
    await meet(env, 'end')
  } finally {
    done.abort()
    await node.stop()
  }
}

async function bringUp(network: Network): Promise<void> {
  const { env } = network
  await env.stage('join', () => join(network))
  await meet(env, 'all-joined')
  await measureLink(network)
  network.snapshot('joined')
  await env.stage('bootstrap', () => bootstrap(network))
  network.snapshot('bootstrapped')
  await trim(network)
}

interface Opening {
  readonly settings: Settings
  readonly records: number
  readonly done: AbortSignal
  readonly warm: WarmNetwork | null
}

async function openNetwork(env: Env, node: DhtNode, { settings, records, done, warm }: Opening): Promise<Network> {
  const members = await shareMembers(env, node, { settings, records, joins: warm === null })
  const self = members.find(({ seq }) => seq === env.seq)
  if (self === undefined)
    throw new Error(`instance ${env.seq} is not among the ${members.length} that told who they are`)
  env.records(nodeRecord).write(describeNode(node, { bootstrapper: self.bootstrapper, nowMs: env.clock.now() }))
  const isConnected = (peer: PeerId): boolean => node.libp2p.getConnections(peer).length > 0
  const others = warm === null ? othersAmong({ env, members, isConnected }) : othersOf(env, warm)
  const tables = env.records(tableRecord)
  return {
    env,
    settings,
    node,
    self,
    members,
    others,
    done,
    ask: asker(env, node, { settings, truth: warm === null ? null : others }),
    snapshot: (name) => {
      if (!env.life.up) return
      const table = snapshotTable(node, name, env.clock.now())
      tables.write(table)
      if (warm !== null) env.records(surroundingsRecord).write(surroundingsOf(warm, env.seq, table))
    },
  }
}

/** `truth` is told where a walk begins whose nearest peers no other record tells. */
function asker(
  env: Env,
  node: DhtNode,
  { settings, truth }: { readonly settings: Settings; readonly truth: Others | null },
): Network['ask'] {
  const recording = {
    timeLimitMs: settings.lookupLimitMs,
    lookups: env.records(lookupRecord),
    queries: env.records(queryRecord),
  }
  let asked = 0
  return (question, { name: prefix, phase }) => {
    const name = `${prefix}-${++asked}`
    if (truth !== null && walks.has(question.kind)) {
      const nearest = truth.nearest(question.target, node.dht.k).map(String)
      env.records(nearestRecord).write({ lookup: name, nearest })
    }
    return ask(env, node, { ...recording, question, phase, name })
  }
}

/** What claims to find the peers nearest to a key. */
const walks: ReadonlySet<string> = new Set(['get-closest-peers', 'provide', 'put-value'])

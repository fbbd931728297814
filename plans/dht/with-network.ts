import { ask, type DhtNode, describeNode, snapshotTable, startNode } from '@hoplab/libp2p'
import { type Env, lookupRecord, nodeRecord, queryRecord, tableRecord } from '@hoplab/sdk'
import { bootstrap } from './bootstrap.ts'
import { join, rejoin } from './join.ts'
import { measureLink } from './measure-link.ts'
import { shareMembers } from './members.ts'
import type { Network } from './network.ts'
import { readSettings, type Settings } from './settings.ts'
import { limited } from './time-limit.ts'
import { trim } from './trim.ts'
import { meet } from './turns.ts'

/**
 * Brings the network up, runs `measure` once everyone is ready, and takes it down when everyone is done.
 * Snapshots: `joined` when all have joined, `bootstrapped` when the tables are judged good enough, `end`.
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
  const node = await startNode(env, settings.dht, {
    identitySeed: settings.peerIdSeed ?? env.seed,
    rejoin: async () => (opened === null ? undefined : rejoin(opened)),
  })
  try {
    const network = await env.stage('start', () => openNetwork(env, node, { settings, records, done: done.signal }))
    opened = network
    await env.stage('join', () => join(network))
    await meet(env, 'all-joined')
    await measureLink(network)
    network.snapshot('joined')
    await env.stage('bootstrap', () => bootstrap(network))
    network.snapshot('bootstrapped')
    await trim(network)
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

async function openNetwork(
  env: Env,
  node: DhtNode,
  { settings, records, done }: { readonly settings: Settings; readonly records: number; readonly done: AbortSignal },
): Promise<Network> {
  const members = await shareMembers(env, node, { settings, records })
  const self = members.find(({ seq }) => seq === env.seq)
  if (self === undefined)
    throw new Error(`instance ${env.seq} is not among the ${members.length} that told who they are`)
  env.records(nodeRecord).write(describeNode(node, { bootstrapper: self.bootstrapper, nowMs: env.clock.now() }))
  const tables = env.records(tableRecord)
  const recording = {
    timeLimitMs: settings.lookupLimitMs,
    lookups: env.records(lookupRecord),
    queries: env.records(queryRecord),
  }
  let asked = 0
  return {
    env,
    settings,
    node,
    self,
    members,
    done,
    ask: (question, { name, phase }) => ask(env, node, { ...recording, question, phase, name: `${name}-${++asked}` }),
    snapshot: (name) => {
      if (env.life.up) tables.write(snapshotTable(node, name, env.clock.now()))
    },
  }
}

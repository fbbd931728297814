import {
  anyOf,
  type Contact,
  type DhtNode,
  type DhtOptions,
  describeNode,
  dialContact,
  startNode,
  tableHasPeer,
} from '@hoplab/libp2p'
import { type Env, nodeRecord } from '@hoplab/sdk'
import { number } from './settings.ts'

/** Nodes that join at the same time. */
const joinWidth = 8

/**
 * Starts the node of this instance, calls `prepare` before anything can happen to it, joins it to the others by one of those ahead of it,
 * drawn by the seed, and runs `body` once all have joined. Instances join in the order of their places, at most eight at a time, the first alone.
 */
export async function gathered(
  outer: Env,
  { options, prepare = () => {}, joined = async () => {} }: Gathering,
  body: (env: Env, node: DhtNode) => Promise<void>,
): Promise<void> {
  const env = limited(outer, number(outer.params, 'timeout_secs'))
  const node = await env.stage('start', () =>
    startNode(env, options, { identitySeed: env.seed, rejoin: async () => {} }),
  )
  prepare(node)
  try {
    env.records(nodeRecord).write(describeNode(node, { bootstrapper: env.seq === 1, nowMs: env.clock.now() }))
    await env.stage('join', () => join(env, node))
    await joined(node)
    await meet(env, 'all-joined')
    await body(env, node)
    await meet(env, 'done')
  } finally {
    await node.stop()
  }
}

/** How a node is made and what happens to it while others still join. */
export interface Gathering {
  readonly options: DhtOptions
  readonly prepare?: (node: DhtNode) => void
  readonly joined?: (node: DhtNode) => Promise<void>
}

/** Waits until every instance of the run is here. */
export async function meet(env: Env, state: string): Promise<void> {
  await env.sync.signal(state)
  await env.sync.barrier(state, env.instanceCount, { signal: env.signal })
}

async function join(env: Env, node: DhtNode): Promise<void> {
  await env.sync.publish('contacts', { seq: env.seq, peer: node.peerId.toString(), addresses: node.addresses })
  const contacts = new Map<number, Contact>()
  for await (const told of env.sync.subscribe('contacts', { signal: env.signal })) {
    const { seq, ...contact } = told as Contact & { seq: number }
    contacts.set(seq, contact)
    if (contacts.size === env.instanceCount) break
  }
  const before = Math.max(Math.min(env.seq - 1, 1), env.seq - joinWidth)
  if (before > 0) await env.sync.barrier('joined', before, { signal: env.signal })
  const chosen = before > 0 ? contacts.get(1 + env.random(`contact:${env.seq}`).integer(before)) : undefined
  if (chosen !== undefined) {
    await dialContact(node, chosen, { signal: env.signal })
    await tableHasPeer(node.dht, env.signal)
  }
  await env.sync.signal('joined')
}

function limited(env: Env, seconds: number): Env {
  const limit = new AbortController()
  setTimeout(() => limit.abort(new Error(`not done within ${seconds} s (timeout_secs)`)), seconds * 1000).unref()
  return { ...env, signal: anyOf([env.signal, limit.signal]) }
}

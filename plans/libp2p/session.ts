import type { Env } from '@hoplab/sdk'
import type { Libp2p } from '@libp2p/interface'
import { createLibp2p } from 'libp2p'
import type { Identity } from './identity.ts'
import { liftConnectionLimit, stopTagging } from './internals.ts'
import { type DhtOptions, libp2pOptions, type NodeServices } from './options.ts'
import { transportOf } from './transport/transport.ts'
import { emptyMemory } from './warm/memory.ts'
import type { WarmNetwork } from './warm/network.ts'
import { startWarm } from './warm/start.ts'

/** A node from its start to its stop or crash. */
export interface NodeSession {
  readonly libp2p: Libp2p<NodeServices>
  readonly addresses: readonly string[]
  /** Aborted when it crashes. */
  readonly crash: AbortSignal
  /** Its host is gone from under it: nothing that it does any more reaches anyone. */
  fall(): void
  stop(): Promise<void>
}

/** The node crashed while it was at something. */
export class NodeCrashError extends Error {
  override name = 'NodeCrashError'
}

/** Code of `/p2p` in a multiaddr. */
const p2p = 421

/** What a node begins with. */
export interface SessionStart {
  readonly identity: Identity
  readonly options: DhtOptions
  /** The network whose tables are drawn; null where it knows nobody. */
  readonly warm: WarmNetwork | null
}

/** Starts a node: one that knows nobody, or one whose table is drawn. */
export async function beginSession(env: Env, { identity, options, warm }: SessionStart): Promise<NodeSession> {
  const libp2p = warm === null ? await startCold(env, identity, options) : await startInstance(env, warm)
  const crash = new AbortController()
  return {
    libp2p,
    addresses: libp2p.getMultiaddrs().map((address) => address.decapsulateCode(p2p).toString()),
    crash: crash.signal,
    fall() {
      crash.abort(new NodeCrashError('this node crashed'))
      stopNode(libp2p, 'crashed').catch(() => {})
    },
    stop: () => stopNode(libp2p, 'the run is over'),
  }
}

async function startCold(env: Env, identity: Identity, options: DhtOptions): Promise<Libp2p<NodeServices>> {
  const libp2p = await createLibp2p(libp2pOptions(identity, { net: env.net, transport: transportOf(env) }, options))
  stopTagging(libp2p.services.dht)
  liftConnectionLimit(libp2p)
  return libp2p
}

async function startInstance({ seq, net }: Env, network: WarmNetwork): Promise<Libp2p<NodeServices>> {
  if (net.kind !== 'streams') throw new Error('a network begins warm on runner sim alone; write runner = "sim"')
  return startWarm({ network, seq, net, memory: emptyMemory() })
}

/** Drops all connections of a node and stops it. Closing thousands of connections politely, each waiting for the other side, takes longer than many a run. */
export async function stopNode(libp2p: Libp2p, why: string): Promise<void> {
  for (const connection of libp2p.getConnections()) connection.abort(new Error(why))
  await libp2p.stop()
}

import type { Env } from '@hoplab/sdk'
import type { Libp2p } from '@libp2p/interface'
import { createLibp2p } from 'libp2p'
import type { Identity } from './identity.ts'
import { stopTagging } from './internals.ts'
import { type DhtOptions, libp2pOptions, type NodeServices } from './options.ts'
import { transportOf } from './transport/transport.ts'

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

/** Starts a node that knows nobody. */
export async function beginSession(env: Env, identity: Identity, options: DhtOptions): Promise<NodeSession> {
  const libp2p = await createLibp2p(libp2pOptions(identity, { net: env.net, transport: transportOf(env) }, options))
  stopTagging(libp2p.services.dht)
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

/** Closing thousands of connections politely, each waiting for the other side, takes longer than many a run. */
async function stopNode(libp2p: Libp2p, why: string): Promise<void> {
  for (const connection of libp2p.getConnections()) connection.abort(new Error(why))
  await libp2p.stop()
}

import { type Env, type nodeRecord, type Row, toHex } from '@hoplab/sdk'
import type { Libp2p, PeerId } from '@libp2p/interface'
import type { KadDHT } from '@libp2p/kad-dht'
import { version } from 'libp2p/version'
import { identityOf } from './identity.ts'
import { keyOfPeer } from './keyspace.ts'
import type { DhtOptions, NodeServices } from './options.ts'
import { type WayIn, wayIn } from './relay/way-in.ts'
import { beginSession, type NodeSession } from './session.ts'
import type { WarmNetwork } from './warm/network.ts'

/** A js-libp2p node with its DHT, through its crashes and restarts: a restart knows nothing but its own identity. */
export interface DhtNode {
  readonly peerId: PeerId
  /** The node that runs now, or that crashed last. */
  readonly libp2p: Libp2p<NodeServices>
  readonly dht: KadDHT
  readonly options: DhtOptions
  /** How others reach it. */
  readonly wayIn: WayIn
  /** `/ip4/…/tcp/…` as other nodes are told them; for an undialable node an address where nobody answers, and none for one that is reached through relays. */
  readonly addresses: readonly string[]
  readonly agent: string
  /** Aborted when the node that runs now crashes. */
  readonly crash: AbortSignal
  /** Resolves to true once the node runs, to false when it will not run again. Rejects with the signal's reason. */
  up(signal: AbortSignal): Promise<boolean>
  /** Drops all connections and stops; call it when nobody needs the node any more. */
  stop(): Promise<void>
}

/** What is decided about a node beside its options. */
export interface NodeStart {
  readonly identitySeed: number
  /** Called when the node runs again after a crash, before `up` resolves: to join anew. What it rejects with is nobody's concern but its own. */
  readonly rejoin: (node: DhtNode) => Promise<void>
  /** The network whose tables are drawn, which the node begins and comes back with. Default: none, and it begins knowing nobody. */
  readonly warm?: WarmNetwork | null
}

/** Starts the node of this instance. Its identity follows from `identitySeed` and the instance's `seq`. */
export async function startNode(
  env: Env,
  options: DhtOptions,
  { identitySeed, rejoin, warm = null }: NodeStart,
): Promise<DhtNode> {
  const identity = await identityOf(identitySeed, env.seq)
  const start = { identity, options, warm }
  let session: NodeSession = await beginSession(env, start)
  let running: Promise<boolean> = Promise.resolve(true)

  const unwatch = env.life.watch((change) => {
    if (change === 'crashed') running = fall()
    else if (change === 'gone') settle(false)
    else rise().catch((error) => env.life.up && env.message(`could not start again: ${error}`))
  })
  let settle: (runs: boolean) => void = () => {}

  function fall(): Promise<boolean> {
    session.fall()
    return new Promise((resolve) => {
      settle = resolve
    })
  }

  async function rise(): Promise<void> {
    const risen = settle
    session = await beginSession(env, start)
    await rejoin(node)
    risen(true)
  }

  /** It may have crashed again on its way up. */
  async function up(signal: AbortSignal): Promise<boolean> {
    for (;;) {
      const runs = await abortable(running, signal)
      if (!runs || env.life.up) return runs
    }
  }

  const node: DhtNode = {
    peerId: identity.peerId,
    get libp2p() {
      return session.libp2p
    },
    get dht() {
      return session.libp2p.services.dht
    },
    options,
    wayIn: wayIn(env.net, options),
    get addresses() {
      return session.addresses
    },
    agent: `js-libp2p/${version}`,
    get crash() {
      return session.crash
    },
    up,
    stop() {
      unwatch()
      return session.stop()
    },
  }
  return node
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const abort = (): void => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** The row that says who this node is. */
export function describeNode(
  node: DhtNode,
  { bootstrapper, nowMs }: { readonly bootstrapper: boolean; readonly nowMs: number },
): Row<typeof nodeRecord> {
  return {
    ts_ms: nowMs,
    peer: node.peerId.toString(),
    key: toHex(keyOfPeer(node.peerId)),
    role: node.options.clientMode ? 'client' : 'server',
    dialable: node.wayIn !== 'none',
    bootstrapper,
    agent: node.agent,
  }
}

import type { Env } from '@hoplab/sdk'
import type { DhtNode } from '../node.ts'

/** Round trips between a node and one peer, over links that programs shape. */
export interface RoundTrip {
  readonly peer: string
  /** Twice the latency. */
  readonly configuredMs: number
  /** Median, whole milliseconds; null where no ping was answered. */
  readonly measuredMs: number | null
  /** How many pings were answered. */
  readonly pings: number
}

const pingCount = 5

/** Pings a peer that the node is connected to, drawn by the seed, five times; null where the program shapes no latency or no connection is open. */
export async function sampleRoundTrip(
  { net, random, seq, signal }: Pick<Env, 'net' | 'random' | 'seq' | 'signal'>,
  { libp2p }: Pick<DhtNode, 'libp2p'>,
): Promise<RoundTrip | null> {
  if (net.kind !== 'tcp' || net.link === null || net.link.latencyMs === 0) return null
  const peers = libp2p.getPeers().sort((a, b) => (a.toString() < b.toString() ? -1 : 1))
  const [peer] = random(`round-trip:${seq}`).shuffle(peers)
  if (peer === undefined) return null
  const tripsMs: number[] = []
  for (let at = 0; at < pingCount; at++)
    await libp2p.services.ping.ping(peer, { signal }).then(
      (ms) => tripsMs.push(ms),
      () => signal.throwIfAborted(),
    )
  const sorted = tripsMs.sort((a, b) => a - b)
  return {
    peer: peer.toString(),
    configuredMs: 2 * net.link.latencyMs,
    measuredMs: sorted[sorted.length >> 1] ?? null,
    pings: sorted.length,
  }
}

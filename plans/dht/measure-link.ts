import { sampleRoundTrip } from '@hoplab/libp2p'
import { linkRecord } from './link-record.ts'
import type { Network } from './network.ts'

/** Measures a round trip where the program shapes a latency itself, and records it beside the one that was asked for; the first node to join says both. */
export async function measureLink({ env, node, self }: Network): Promise<void> {
  const trip = await sampleRoundTrip(env, node)
  if (trip === null) return
  const { peer, configuredMs, measuredMs, pings } = trip
  env.records(linkRecord).write({
    ts_ms: env.clock.now(),
    peer,
    configured_ms: configuredMs,
    rtt_ms: measuredMs,
    pings,
  })
  if (self.position === 0)
    env.message(`a round trip is configured to take ${configuredMs} ms; measured: ${measuredMs ?? 'no answer'} ms`)
}

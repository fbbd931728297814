import { seededRandom } from '@hoplab/sdk'
import type { RunSpec } from '../../../../composition/spec.ts'
import { drawMs } from '../chance/draw.ts'
import type { Site } from './places.ts'

/** One-way latency from one site to another before jitter, ms. */
export type Latency = (from: Site, to: Site) => number

/** Latency of links that a composition says nothing of: what two machines in one room have. ms, one way */
const nearMs = 0.1

/** Latencies as the spec says: by region, drawn once for each pair, or the same everywhere. */
export function latencyOf({ topology, network, seed }: RunSpec): Latency {
  const { regions, pairLatency } = topology
  if (regions !== null) return (from, to) => regions.latencyMs[from.region]?.[to.region] ?? 0
  if (pairLatency === null) {
    const sameMs = network?.latencyMs ?? nearMs
    return () => sameMs
  }
  const drawn = new Map<number, number>()
  return (from, to) => {
    const [low, high] = from.seq < to.seq ? [from.seq, to.seq] : [to.seq, from.seq]
    const pair = low * 2 ** 26 + high
    const known = drawn.get(pair) ?? drawMs(pairLatency, seededRandom(seed, `pair-latency:${low}:${high}`))
    drawn.set(pair, known)
    return known
  }
}

import { type Random, seededRandom } from '@hoplab/sdk'
import type { RunSpec } from '../../../../composition/spec.ts'
import type { Latency } from '../place/latencies.ts'
import type { Cuts } from './cuts.ts'
import type { Gates } from './gates.ts'
import type { Host } from './host.ts'
import type { Paths } from './paths.ts'
import { firstRetryMs, nextRetryMs } from './retry.ts'

/** Bytes that a segment of TCP carries over Ethernet. */
const segmentBytes = 1448

interface PathParts {
  readonly latency: Latency
  readonly cuts: Cuts
  readonly gates: Gates
}

/** Paths as a spec lays them out. A segment that is lost or corrupted comes later, when TCP has sent it again; doubled and overtaking packets change nothing for a stream. */
export function shapedPaths({ network, seed }: RunSpec, { latency, cuts, gates }: PathParts): Paths {
  const { jitterMs = 0, bandwidthBps = 0, loss = 0, corrupt = 0 } = network ?? {}
  const lost = 1 - (1 - loss) * (1 - corrupt)
  const jitters = perHost(seed, 'jitter')
  const losses = perHost(seed, 'loss')

  function latencyMs(from: Host, to: Host): number {
    const meanMs = latency(from.site, to.site)
    return jitterMs === 0 ? meanMs : Math.max(0, meanMs + (2 * jitters(from).float() - 1) * jitterMs)
  }

  /** How much later a segment comes, sent again until it is not lost. */
  function resentMs(from: Host, to: Host): number {
    const random = losses(from)
    let lateMs = 0
    for (let waitMs = firstRetryMs(latency(from.site, to.site)); random.float() < lost; waitMs = nextRetryMs(waitMs))
      lateMs += waitMs
    return lateMs
  }

  return {
    latencyMs,
    bandwidthBps: () => bandwidthBps,
    lossMs(from, to, bytes) {
      let worstMs = 0
      if (lost > 0)
        for (let sent = 0; sent < bytes; sent += segmentBytes) worstMs = Math.max(worstMs, resentMs(from, to))
      return worstMs
    },
    isCut: (from, to) => isDead(from) || isDead(to) || cuts.between(from.site.seq, to.site.seq),
    admits: (from, to) => gates.admits(from.site, to.site),
  }
}

const isDead = ({ up, silent }: Host): boolean => !up && silent

/** A stream of draws for each host, so that what one sends shifts nobody else's. */
function perHost(seed: number, concern: string): (host: Host) => Random {
  const streams = new Map<Host, Random>()
  return (host) => {
    const known = streams.get(host) ?? seededRandom(seed, `${concern}:${host.site.seq}`)
    streams.set(host, known)
    return known
  }
}

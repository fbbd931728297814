import { seededRandom } from '@hoplab/sdk'
import type { LinkShape, RunSpec } from '../../../../composition/spec.ts'
import type { Paths } from './paths.ts'
import { firstRetryMs, nextRetryMs } from './retry.ts'

/** Latency of links that a composition says nothing of: what two machines in one room have. ms, one way */
const nearMs = 0.1
/** Bytes that a segment of TCP carries over Ethernet. */
const segmentBytes = 1448

/** Paths as the spec shapes every link. A segment that is lost or corrupted comes later, when TCP has sent it again; doubled and overtaking packets change nothing for a stream. */
export function shapedPaths({ network, seed }: Pick<RunSpec, 'network' | 'seed'>): Paths {
  const shape: Pick<LinkShape, 'latencyMs' | 'jitterMs' | 'bandwidthBps' | 'loss' | 'corrupt'> = network ?? {
    latencyMs: nearMs,
    jitterMs: 0,
    bandwidthBps: 0,
    loss: 0,
    corrupt: 0,
  }
  const lost = 1 - (1 - shape.loss) * (1 - shape.corrupt)
  const jitter = seededRandom(seed, 'jitter')
  const losses = seededRandom(seed, 'loss')

  function latencyMs(): number {
    const { latencyMs: mean, jitterMs } = shape
    return jitterMs === 0 ? mean : Math.max(0, mean + (2 * jitter.float() - 1) * jitterMs)
  }

  return {
    latencyMs,
    bandwidthBps: () => shape.bandwidthBps,
    lossMs(_from, _to, bytes) {
      if (lost === 0) return 0
      let worstMs = 0
      for (let sent = 0; sent < bytes; sent += segmentBytes) worstMs = Math.max(worstMs, resentMs())
      return worstMs
    },
    isCut: () => false,
    admits: () => true,
  }

  function resentMs(): number {
    let lateMs = 0
    for (let waitMs = firstRetryMs(shape.latencyMs); losses.float() < lost; waitMs = nextRetryMs(waitMs))
      lateMs += waitMs
    return lateMs
  }
}

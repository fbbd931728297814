import type { Problem } from './problems.ts'
import type { Reader } from './reader.ts'
import type { LinkShape } from './spec.ts'

const share = { min: 0, max: 1 }

/** Reads the table `network` of a composition; null where there is none. A reordering without a latency is a problem: no packet waits there that another could overtake. */
export function readNetwork(read: Reader, problems: Problem[]): LinkShape | null {
  const link = read.inner('network')
  if (link === undefined) return null
  const shape: LinkShape = {
    latencyMs: link.number('latency_ms', { min: 0 }) ?? 0,
    jitterMs: link.number('jitter_ms', { min: 0 }) ?? 0,
    bandwidthBps: link.number('bandwidth_bps', { min: 0, whole: true }) ?? 0,
    loss: link.number('loss', share) ?? 0,
    corrupt: link.number('corrupt', share) ?? 0,
    reorder: link.number('reorder', share) ?? 0,
    duplicate: link.number('duplicate', share) ?? 0,
  }
  if (shape.reorder > 0 && shape.latencyMs === 0) {
    const [reorder, latency] = [link.where('reorder'), link.where('latency_ms').replace(/^.*\./, '')]
    problems.push({ where: reorder, what: `is ${shape.reorder} without a latency; write ${latency} too, or remove it` })
  }
  problems.push(...link.unknown())
  return shape
}

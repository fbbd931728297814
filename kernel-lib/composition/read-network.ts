import type { Reader } from './reader.ts'
import type { LinkShape } from './spec.ts'
import { plainTopology } from './world/plain.ts'
import { readTopology, type TopologyOptions } from './world/read-topology.ts'
import type { Topology } from './world/topology.ts'

const share = { min: 0, max: 1 }

/** A network as someone wrote it: what all links have in common, null where nothing is said of the network, and what differs. */
export interface NetworkDraft {
  readonly network: LinkShape | null
  readonly topology: Topology
}

/** Reads the table `network` of a composition. A reordering without a latency is a problem: no packet waits there that another could overtake. */
export function readNetwork(read: Reader, options: TopologyOptions): NetworkDraft {
  const link = read.inner('network')
  if (link === undefined) return { network: null, topology: plainTopology }
  const { problems } = options
  const latency = link.value('latency_ms')
  const network: LinkShape = {
    latencyMs: (typeof latency === 'number' ? link.number('latency_ms', { min: 0 }) : undefined) ?? 0,
    jitterMs: link.number('jitter_ms', { min: 0 }) ?? 0,
    bandwidthBps: link.number('bandwidth_bps', { min: 0, whole: true }) ?? 0,
    loss: link.number('loss', share) ?? 0,
    corrupt: link.number('corrupt', share) ?? 0,
    reorder: link.number('reorder', share) ?? 0,
    duplicate: link.number('duplicate', share) ?? 0,
  }
  const topology = readTopology(link, options)
  const late = network.latencyMs > 0 || topology.pairLatency !== null || topology.regions !== null
  if (network.reorder > 0 && !late)
    problems.push({
      where: link.where('reorder'),
      what: `is ${network.reorder} without a latency; write ${link.name('latency_ms')} too, or remove it`,
    })
  problems.push(...link.unknown())
  return { network, topology }
}

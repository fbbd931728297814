import type { ByteStream, StreamNet } from '@hoplab/sdk'
import type { Host } from '../../../../kernel-lib/harness/sim/world/network/host.ts'
import { hostOf } from '../../../../kernel-lib/harness/sim/world/network/host.ts'
import { type Network, networkOf } from '../../../../kernel-lib/harness/sim/world/network/network.ts'
import type { Paths } from '../../../../kernel-lib/harness/sim/world/network/paths.ts'
import type { Site } from '../../../../kernel-lib/harness/sim/world/place/places.ts'
import { type VirtualTime, virtualTime } from '../../../../kernel-lib/harness/sim/world/time/virtual-time.ts'
import { resolveToy } from '../../composition/toy.ts'

/** A network of hosts 10.0.0.1, 10.0.0.2, … whose paths a test decides. */
export interface SmallNetwork {
  readonly time: VirtualTime
  readonly network: Network
  readonly hosts: readonly Host[]
  readonly nets: readonly StreamNet[]
  /** What happened, as `carried 1 2 5` (from and to by position, bytes). */
  readonly log: string[]
  /** Lets everything happen that is due up to a moment, ms. */
  until(ms: number): Promise<void>
  /** Connects host 0 to host 1, port 1, and hands out both ends at rest. */
  pair(from?: number, to?: number): Promise<readonly [Heard, Heard]>
}

/** One end of a connection and what was heard on it. */
export interface Heard {
  readonly stream: ByteStream
  /** `data 3 at 10`, `drain at 5`, `ended at 9`, `failed ECONNRESET at 7`. */
  readonly heard: string[]
  /** All bytes of data, in order. */
  readonly bytes: () => Buffer
}

/** Everything passes after 10 ms, unless a test says otherwise. */
export const openPaths: Paths = {
  latencyMs: () => 10,
  bandwidthBps: () => 0,
  lossMs: () => 0,
  isCut: () => false,
  admits: () => true,
}

/** A network with `count` hosts. */
export function smallNetwork(paths: Partial<Paths> = {}, count = 3): SmallNetwork {
  const time = virtualTime()
  const log: string[] = []
  const hosts = Array.from({ length: count }, (_, at) => hostOf(siteOf(at), `10.0.0.${at + 1}`))
  const network = networkOf({
    time,
    paths: { ...openPaths, ...paths },
    log: {
      dialed: (from, to) => log.push(`dialed ${from.address} ${to.host}:${to.port} at ${time.nowMs}`),
      refused: (from, to, code) => log.push(`refused ${from.address} ${to.host}:${to.port} ${code} at ${time.nowMs}`),
      opened: (connection, from, to) => log.push(`opened ${connection} ${from.address} ${to.address}`),
      carried: (from, to, bytes) => log.push(`carried ${from.host.address} ${to.host.address} ${bytes.byteLength}`),
      ended: (how, from, to) => log.push(`${how} ${from.host.address} ${to.host.address}`),
    },
    hostAt: (address) => hosts.find((host) => host.address === address),
    ready: (_, then) => then(),
    isReachable: () => true,
    seenAs: (from) => from.address,
  })
  const nets = hosts.map((host) => network.netOf(host))

  async function settled(): Promise<void> {
    await new Promise(setImmediate)
    network.flush()
  }

  async function until(ms: number): Promise<void> {
    let reached = false
    time.after(ms - time.nowMs, () => {
      reached = true
    })
    for (await settled(); !reached; await settled()) time.next()?.()
  }

  async function pair(from = 0, to = 1): Promise<readonly [Heard, Heard]> {
    const target = nets[to] as StreamNet
    let far: ByteStream | undefined
    const listener = target.listen(0, (stream) => {
      far = stream
    })
    const address = { host: target.address, port: listener.port }
    const dialed = (nets[from] as StreamNet).dial(address, { signal: new AbortController().signal })
    await until(time.nowMs + 1000)
    listener.close()
    if (far === undefined) throw new Error('nobody came')
    return [hear(await dialed, time), hear(far, time)]
  }

  return { time, network, hosts, nets, log, until, pair }
}

/** Opens an end and keeps what it hears. */
export function hear(stream: ByteStream, time: VirtualTime): Heard {
  const heard: string[] = []
  const chunks: Uint8Array[] = []
  stream.open({
    data(bytes) {
      chunks.push(bytes)
      heard.push(`data ${bytes.byteLength} at ${time.nowMs}`)
    },
    drain: () => heard.push(`drain at ${time.nowMs}`),
    ended: () => heard.push(`ended at ${time.nowMs}`),
    failed: (error) => heard.push(`failed ${(error as Error & { code: string }).code} at ${time.nowMs}`),
  })
  return { stream, heard, bytes: () => Buffer.concat(chunks) }
}

function siteOf(index: number): Site {
  const { specs } = resolveToy('plan = "toy"\ncase = "find"\n[[groups]]\nid = "nodes"\ncount = 3\n')
  const group = specs[0]?.groups[0]
  if (group === undefined) throw new Error('the toy has no group')
  return { seq: index + 1, group, index, region: 0, routers: [] }
}

import type { Population } from '@hoplab/sdk'
import type { RunSpec } from '../../../composition/spec.ts'
import { type Hosts, hostsOf, isReachable, seenAs } from './hosts.ts'
import { livesOf } from './life/lives.ts'
import { noWatchers, type Watchers } from './life/watchers.ts'
import { type Moments, momentsOf } from './moments.ts'
import { cutsOf } from './network/cuts.ts'
import { gatesOf } from './network/gates.ts'
import type { Host, InstanceHost } from './network/host.ts'
import { type Network, networkOf } from './network/network.ts'
import { shapedPaths } from './network/shaped-paths.ts'
import { latencyOf } from './place/latencies.ts'
import type { Site } from './place/places.ts'
import { crowdOf } from './population/crowd.ts'
import { type Homes, homesOf, noHomes } from './population/homes.ts'
import type { VirtualTime } from './time/virtual-time.ts'
import { networkEvents } from './trace/network-events.ts'
import type { Trace } from './trace/trace.ts'

/** Hosts and what lies between them, as a spec lays them out, changing as it says. */
export interface Terrain {
  readonly hosts: Hosts
  readonly network: Network
  readonly moments: Moments
  readonly watchers: Watchers
  /** Nodes that run no program. */
  readonly homes: Homes
  /** Null where the network begins cold. */
  readonly population: Population | null
  /** When an instance begins, after the run did. ms */
  joinMs(site: Site): number
}

interface TerrainParts {
  readonly time: VirtualTime
  readonly trace: Trace
  /** Whether an instance has begun and not ended. */
  readonly isRunning: (host: Host) => boolean
  /** File of the nodes' identities; null where the network begins cold. */
  readonly identities: string | null
}

/** Lays out the terrain of a run. */
export function terrainOf(spec: RunSpec, { time, trace, isRunning, identities }: TerrainParts): Terrain {
  const hosts = hostsOf(spec)
  const sites = hosts.all.map(({ site }) => site)
  const moments = momentsOf(time)
  const watchers = noWatchers()
  const isUp = (host: Host): boolean => host.up && isRunning(host)
  const { ranges, residents, population } = crowdOf(spec, {
    time,
    moments,
    identities,
    runningSinceMs(seq) {
      const host = hosts.all[seq - 1] as InstanceHost
      return isUp(host) ? host.upSinceMs : null
    },
  })
  const cuts = cutsOf(spec, {
    sites,
    ranges,
    time,
    moments,
    onChange: (event, seqs) => trace.add(event, `"seqs":[${[...seqs].join(',')}]`),
  })
  const network = networkOf({
    time,
    paths: shapedPaths(spec, { latency: latencyOf(spec), cuts, gates: gatesOf(spec, sites, time) }),
    log: networkEvents(trace),
    hostAt: (address) => hosts.at(address) ?? residents.at(address),
    ready: (host, then) => homes.ready(host, then),
    isReachable,
    seenAs,
  })
  const homes =
    population === null ? noHomes : homesOf(spec, { time, trace, moments, network, ranges, residents, population })

  function crash(site: Site): void {
    const host = hosts.of(site)
    trace.add('crashed', `"by":"${host.name}"`)
    host.silent = site.group.life.silent
    network.drop(host, host)
    host.up = false
    watchers.tell(host, 'crashed')
    if (site.group.life.down === null) watchers.tell(host, 'gone')
  }

  function restart(site: Site): void {
    const host = hosts.of(site)
    if (site.group.life.newAddress) hosts.move(host)
    trace.add('restarted', `"by":"${host.name}","address":"${host.address}"`)
    host.up = true
    host.upSinceMs = time.nowMs
    host.silent = false
    watchers.tell(host, 'restarted')
  }

  const { joinMs } = livesOf(spec, {
    sites,
    time,
    moments,
    isUp: (site) => isUp(hosts.of(site)),
    crash,
    restart,
  })
  return { hosts, network, moments, watchers, homes, population, joinMs }
}

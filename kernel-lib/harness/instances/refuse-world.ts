import { canonicalJson } from '../../composition/hash.ts'
import type { GroupSpec, RunSpec } from '../../composition/spec.ts'
import { plainLife, plainReach, plainTopology } from '../../composition/world/plain.ts'

/**
 * Refuses, on harnesses whose instances are of this machine, every part of the topology and of groups' worlds that is not
 * plain.
 *
 * @param runner Name of the harness.
 * @returns One line each: `where: what; what to write instead`.
 */
export function refuseWorld({ topology, groups }: RunSpec, runner: string): readonly string[] {
  const places = [...topologyPlaces(topology), ...groups.flatMap(groupPlaces)]
  return places.map((where) => `${where}: ${runner} cannot give it; write runner = "sim", or remove it`)
}

const topologyNames: Readonly<Record<keyof RunSpec['topology'], string>> = {
  pairLatency: 'network.latency_ms (a distribution)',
  regions: 'network.regions',
  partitions: 'network.partitions',
  outages: 'network.outages',
}

const lifeNames: Readonly<Record<keyof GroupSpec['life'], string>> = {
  join: 'join_secs',
  session: 'session_secs',
  down: 'down_secs',
  crashes: 'crash_share',
  from: 'from_stage and from_secs',
  newAddress: 'new_address',
  silent: 'silent',
}

const reachNames: Readonly<Record<keyof GroupSpec['reach'], string>> = {
  nat: 'nat',
  behind: 'behind',
  acceptsShare: 'accepts_share',
  openMs: 'open_secs',
  closedMs: 'closed_secs',
}

const topologyPlaces = (topology: RunSpec['topology']): readonly string[] =>
  differing(topology, plainTopology).map((key) => topologyNames[key])

function groupPlaces({ id, region, reach, life, clock }: GroupSpec): readonly string[] {
  return [
    ...(region === '' ? [] : ['region']),
    ...differing(reach, plainReach).map((key) => `reach.${reachNames[key]}`),
    ...differing(life, plainLife).map((key) => `life.${lifeNames[key]}`),
    ...(clock === null ? [] : ['clock']),
  ].map((place) => `group "${id}".${place}`)
}

function differing<T extends object>(value: T, plain: T): readonly (keyof T)[] {
  return (Object.keys(plain) as (keyof T)[]).filter((key) => canonicalJson(value[key]) !== canonicalJson(plain[key]))
}

import { resolve } from 'node:path'
import type { RunSpec } from '../../composition/spec.ts'
import type { OpenOptions, Session } from '../harness.ts'
import { conduct } from '../instances/conduct.ts'
import type { SessionFacts } from '../instances/environment.ts'
import { type Member, membersOf } from '../instances/members.ts'
import type { Unit } from '../instances/unit.ts'
import { witness } from '../instances/witness.ts'
import type { GroupImage } from './builders/images.ts'
import { tempPath } from './container.ts'
import { type Ground, leave, prepare } from './ground.ts'
import type { Launch, LaunchTimes } from './launch.ts'
import { launchContainers } from './launch-containers.ts'
import { type Limits, limitsOf } from './limits.ts'
import { addressIn } from './network/subnets.ts'
import { launchPods } from './pods/launch.ts'
import { type Share, sharesOf } from './pods/shares.ts'
import { hostnamesOf } from './sidecar/hostnames.ts'
import { openNetworking } from './sidecar/networking.ts'

interface DockerOptions extends OpenOptions {
  readonly cores: number
  /** By group. */
  readonly images: ReadonlyMap<string, GroupImage>
}

/** Opens a session of containers. It is open before all are started; an instance that the end of the session finds unstarted ends as canceled. */
export async function openSession(spec: RunSpec, options: DockerOptions): Promise<Session> {
  const { plan, packaging, run, signal, cores, onEvent, onNotice } = options
  const members = membersOf(spec)
  const facts: SessionFacts = {
    run,
    spec,
    instanceCount: members.length,
    folder: resolve(options.folder),
    temp: tempPath,
    startTime: new Date().toISOString(),
  }
  const ground = await prepare(members, facts, options)
  const units = members.map(
    (member, number): Unit => ({ number, witnesses: [witness(member, { alone: true, onEvent })], running: null }),
  )
  const { ending, end, ended } = conduct(units, ground.sync, signal)
  const limits = new Map(
    Object.entries(packaging.groups).map(([id, { resources }]) => [id, limitsOf(plan.manifest, resources)]),
  )
  const shares = sharesOf(units, ground.images, ground.settings.instancesPerContainer)
  const placement: Record<string, unknown> = placementOf(members, { ...ground, facts, limits, shares })
  const networking =
    ground.agent === null ? null : openNetworking(units, { ...ground, agent: ground.agent, facts, onNotice })
  const hostnames = hostnamesOf(members)
  const launched = launchIn(shares, { ...ground, facts, limits, networking, hostnames, signal: ending, cores })
  return {
    placement,
    instances: units.flatMap(({ witnesses }) => witnesses.map(({ instance }) => instance)),
    async close() {
      end()
      placement.launch = await launched
      await ended()
      if (networking !== null) placement.network = await networking.close()
      const left = await leave(ground, facts)
      if (left.length === 0) return
      placement.left = left
      onNotice(`the engine keeps ${left.join(', ')}; the next run with containers and hoplab terminate try again`)
    },
  }
}

/** Starts containers of one instance each, or, where there are tools for that, pods of several. */
function launchIn(shares: readonly Share[], { podTools, ...launch }: Launch & Ground): Promise<LaunchTimes> {
  if (podTools !== null) return launchPods(shares, { ...launch, tools: podTools })
  return launchContainers(
    shares.flatMap(({ units }) => units),
    launch,
  )
}

interface Placed extends Ground {
  readonly facts: SessionFacts
  readonly limits: ReadonlyMap<string, Limits>
  readonly shares: readonly Share[]
}

function placementOf(
  members: readonly Member[],
  { images, networks, redis, facts, limits, settings, published, podTools, shares }: Placed,
): Record<string, unknown> {
  const pods = new Map(shares.flatMap(({ number, units }) => units.map((unit) => [unit.number, number])))
  const places = members.map(({ group, index, seq }, at) => [
    `${group.id}/${index}`,
    {
      address: addressIn(networks.data.subnet, seq),
      ...portsOf(published.places[`${group.id}/${index}`]),
      ...(podTools !== null && { pod: pods.get(at) }),
    },
  ])
  const byGroup = [...images].map(([group, { builder, tag, id, digest, sdk, built }]) => [
    group,
    { builder, tag, id, digest, ...(sdk !== null && { sdk }), built },
  ])
  return {
    subnet: networks.data.subnet,
    controlSubnet: networks.control.subnet,
    images: Object.fromEntries(byGroup),
    limits: Object.fromEntries(limits),
    ulimits: settings.ulimits,
    ...(redis !== null && { redis: redis.about }),
    startTime: facts.startTime,
    instances: Object.fromEntries(places),
  }
}

function portsOf(ports: Readonly<Record<string, string>> | undefined): object {
  return ports === undefined ? {} : { ports }
}

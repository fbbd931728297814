import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { programBuilder } from '../../composition/packaging/builders.ts'
import type { RunSpec } from '../../composition/spec.ts'
import type { OpenOptions, Session } from '../harness.ts'
import { conduct } from '../instances/conduct.ts'
import type { SessionFacts } from '../instances/environment.ts'
import { type Member, membersOf } from '../instances/members.ts'
import type { Unit } from '../instances/unit.ts'
import { witness } from '../instances/witness.ts'
import { addressOf, subnet } from './address.ts'
import { type Artifact, artifactsOf } from './artifacts.ts'
import { type Ground, leaveGround, prepareGround } from './ground.ts'
import { launchAll } from './launch.ts'
import { share } from './share.ts'

interface ExecOptions extends OpenOptions {
  readonly cores: number
}

/** Opens a session of processes. It is open before all are started; an instance that the end of the session finds unstarted ends as canceled. */
export async function openSession(spec: RunSpec, options: ExecOptions): Promise<Session> {
  const artifacts = await artifactsOf(spec, options)
  const members = membersOf(spec)
  const facts = await factsOf(spec, members, options)
  const units = unitsOf(members, options, [...artifacts.values()])
  const witnesses = units.flatMap((unit) => unit.witnesses)
  const ground = await prepareGround(facts, members, [...artifacts.values()])
  const { ending, end, ended } = conduct(units, ground.sync, options.signal)
  const launched = launchAll(units, { facts, artifacts, ground, signal: ending, cores: options.cores })
  return {
    placement: placementOf(units, { plan: options.plan, artifacts, ground, facts }),
    instances: witnesses.map(({ instance }) => instance),
    async close() {
      end()
      await launched
      await ended()
      await leaveGround(ground, facts)
    },
  }
}

async function factsOf(spec: RunSpec, members: readonly Member[], options: OpenOptions): Promise<SessionFacts> {
  return {
    run: options.run,
    spec,
    instanceCount: members.length,
    folder: resolve(options.folder),
    temp: await mkdtemp(join(tmpdir(), 'hoplab-')),
    startTime: new Date().toISOString(),
  }
}

function unitsOf(
  members: readonly Member[],
  { plan, onEvent, cores }: ExecOptions,
  artifacts: readonly Artifact[],
): readonly Unit[] {
  const foreign = artifacts.some(({ builder }) => builder !== programBuilder)
  const shares = share(members, { perProcess: foreign ? 1 : plan.manifest.instancesPerProcess, cores })
  return shares.map((held, number) => ({
    number,
    witnesses: held.map((member) => witness(member, { alone: held.length === 1, onEvent })),
    running: null,
  }))
}

interface Placed {
  readonly plan: OpenOptions['plan']
  readonly artifacts: ReadonlyMap<string, Artifact>
  readonly ground: Ground
  readonly facts: SessionFacts
}

function placementOf(units: readonly Unit[], { plan, artifacts, ground, facts }: Placed): Session['placement'] {
  const places = units.flatMap(({ number, witnesses }) =>
    witnesses.map(({ instance: { group, index, seq } }) => [
      `${group}/${index}`,
      { address: addressOf(seq), process: number },
    ]),
  )
  const [first, ...others] = new Set(artifacts.values())
  const own = first !== undefined && others.length === 0 && first.builder === programBuilder
  return {
    subnet,
    processes: units.length,
    ...(own ? { program: plan.manifest.program, programSha256: first.sha256 } : { programs: programsOf(artifacts) }),
    ...(ground.namespace === null ? {} : { namespace: true }),
    ...(ground.redis === null ? {} : { redis: ground.redis.about }),
    startTime: facts.startTime,
    instances: Object.fromEntries(places),
  }
}

/** By group. */
function programsOf(artifacts: ReadonlyMap<string, Artifact>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...artifacts].map(([group, { builder, sha256, sdk }]) => [
      group,
      { builder, sha256, ...(sdk === null ? {} : { sdk }) },
    ]),
  )
}

import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { RunSpec } from '../../composition/spec.ts'
import { type SyncService, startSync } from '../../sync/start.ts'
import type { OpenOptions, Session } from '../harness.ts'
import { conduct } from '../instances/conduct.ts'
import type { SessionFacts } from '../instances/environment.ts'
import { type Member, membersOf } from '../instances/members.ts'
import type { Unit } from '../instances/unit.ts'
import { witness } from '../instances/witness.ts'
import { killMarked } from '../machine/marked.ts'
import { addressOf, subnet } from './address.ts'
import { keep } from './keep.ts'
import { launchAll } from './launch.ts'
import { programCommand, programFile } from './program.ts'
import { share } from './share.ts'

interface ExecOptions extends OpenOptions {
  readonly cores: number
}

/** Opens a session of processes. It is open before all are started; an instance that the end of the session finds unstarted ends as canceled. */
export async function openSession(spec: RunSpec, options: ExecOptions): Promise<Session> {
  const { plan, signal, cores } = options
  const file = programFile(plan)
  if (file === null) throw new Error(`plan ${spec.plan} brings no program`)
  const members = membersOf(spec)
  const facts = await factsOf(spec, members, options)
  const units = unitsOf(members, options)
  const witnesses = units.flatMap((unit) => unit.witnesses)
  const placement = await placementOf(units, { plan: options.plan, file, facts })
  const sync = syncOf(facts, members)
  const mark = `TEST_RUN=${options.run}`
  const keeper = keep(mark, facts.temp)
  const { ending, end, ended } = conduct(units, sync, signal)
  const launched = launchAll(units, {
    facts,
    program: programCommand(file),
    keeper,
    sync,
    signal: ending,
    cores,
  })
  return {
    placement,
    instances: witnesses.map(({ instance }) => instance),
    async close() {
      end()
      await launched
      await ended()
      killMarked(mark)
      await Promise.all([sync.close(), keeper.farewell()])
      await rm(facts.temp, { recursive: true, force: true })
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

function unitsOf(members: readonly Member[], { plan, onEvent, cores }: ExecOptions): readonly Unit[] {
  const { instancesPerProcess } = plan.manifest
  const shares = share(members, { perProcess: instancesPerProcess, cores })
  return shares.map((held, number) => ({
    number,
    witnesses: held.map((member) => witness(member, held.length === 1, onEvent)),
    running: null,
  }))
}

/** A barrier may wait as long as an instance may run: then the time-out of the instance tells who was missing. */
function syncOf({ run, spec }: SessionFacts, members: readonly Member[]): SyncService {
  return startSync({
    run,
    plan: spec.plan.replaceAll('/', '-'),
    case: spec.case,
    instances: members.map(({ group, index }) => ({ group: group.id, index })),
    barrierTimeoutMs: spec.timeoutMs,
  })
}

async function placementOf(
  units: readonly Unit[],
  { plan, file, facts }: { plan: OpenOptions['plan']; file: string; facts: SessionFacts },
): Promise<Session['placement']> {
  const places = units.flatMap(({ number, witnesses }) =>
    witnesses.map(({ instance: { group, index, seq } }) => [
      `${group}/${index}`,
      { address: addressOf(seq), process: number },
    ]),
  )
  return {
    subnet,
    processes: units.length,
    program: plan.manifest.program,
    programSha256: createHash('sha256')
      .update(await readFile(file))
      .digest('hex'),
    startTime: facts.startTime,
    instances: Object.fromEntries(places),
  }
}

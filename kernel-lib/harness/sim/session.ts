import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { instanceCount } from '../../composition/groups.ts'
import type { RunSpec } from '../../composition/spec.ts'
import { sha256Of } from '../build/digest.ts'
import type { OpenOptions, Session } from '../harness.ts'
import type { SessionFacts } from '../instances/environment.ts'
import { membersOf } from '../instances/members.ts'
import { witness } from '../instances/witness.ts'
import { keep } from '../machine/keep.ts'
import { programFile } from '../machine/program.ts'
import { carryOut } from './carry.ts'
import { type Findings, listenTo } from './listener.ts'
import { subnet } from './world/address.ts'
import { epochMs } from './world/time/epoch.ts'

/**
 * Opens a session: one process that holds every instance. It is ended when nothing is heard of it for `limitMs`: virtual time cannot end a loop that lets none pass. The
 * session is open before the identities of a network that begins warm are made, and so before the process is started.
 */
export async function openSession(spec: RunSpec, options: OpenOptions, limitMs: number): Promise<Session> {
  const { plan, onEvent, onNotice, onVirtualTime, onMade, signal } = options
  const facts = await factsOf(spec, options)
  const program = programFile(plan)
  if (program === null) throw new Error(`plan ${plan.manifest.name} brings no program`)
  const programSha256 = await sha256Of(program)
  const findings: Findings = { holes: [], trace: null, virtualMs: 0, events: 0 }
  const nowMs = (): number => epochMs + findings.virtualMs
  const witnesses = membersOf(spec).map((member) => witness(member, { alone: false, onEvent, nowMs }))
  const hear = listenTo(witnesses, { findings, onNotice, onVirtualTime })
  const keeper = keep(`TEST_RUN=${facts.run}`, facts.temp)
  const carried = carryOut(facts, { plan, program, hear, keeper, limitMs, onMade })
  const cancel = (): void => carried.end('canceled', null)
  signal.addEventListener('abort', cancel)
  if (signal.aborted) cancel()
  return {
    get placement() {
      const { program } = plan.manifest
      const made = carried.identities === null ? {} : { identities: { sha256: carried.identities.sha256 } }
      return { subnet, program, programSha256, node: process.version, ...made, ...findings }
    },
    instances: witnesses.map(({ instance }) => instance),
    async close() {
      signal.removeEventListener('abort', cancel)
      carried.stop()
      await carried.over
      await keeper.farewell()
      await rm(facts.temp, { recursive: true, force: true })
    },
  }
}

async function factsOf(spec: RunSpec, options: OpenOptions): Promise<SessionFacts> {
  const folder = resolve(options.folder)
  mkdirSync(folder, { recursive: true })
  return {
    run: options.run,
    spec,
    instanceCount: instanceCount(spec),
    folder,
    temp: await mkdtemp(join(tmpdir(), 'hoplab-')),
    startTime: new Date(epochMs).toISOString(),
  }
}

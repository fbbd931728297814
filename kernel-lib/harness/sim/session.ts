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
import { entrust, keep } from '../machine/keep.ts'
import { programFile } from '../machine/program.ts'
import { startProcess } from '../machine/start.ts'
import { commandOf } from './command.ts'
import { environmentOf } from './environment.ts'
import { type Findings, listenTo } from './listener.ts'
import { standstill, standstillText } from './standstill.ts'
import { subnet } from './world/address.ts'
import { epochMs } from './world/time/epoch.ts'

/** From the polite signal to the one that cannot be ignored. */
const graceMs = 3000

/** Opens a session: one process that holds every instance. It is ended when nothing is heard of it for `limitMs`: virtual time cannot end a loop that lets none pass. */
export async function openSession(spec: RunSpec, options: OpenOptions, limitMs: number): Promise<Session> {
  const { plan, onEvent, onNotice, onVirtualTime, signal } = options
  const facts = await factsOf(spec, options)
  const file = programFile(plan)
  if (file === null) throw new Error(`plan ${plan.manifest.name} brings no program`)
  const programSha256 = await sha256Of(file)
  const findings: Findings = { holes: [], trace: null, virtualMs: 0, events: 0 }
  const nowMs = (): number => epochMs + findings.virtualMs
  const witnesses = membersOf(spec).map((member) => witness(member, { alone: false, onEvent, nowMs }))
  const hear = listenTo(witnesses, { findings, onNotice, onVirtualTime })
  const still = standstill(limitMs, () => end('timeout', standstillText(limitMs)))
  const keeper = keep(`TEST_RUN=${facts.run}`, facts.temp)
  const running = startProcess({
    program: commandOf(file),
    cwd: facts.temp,
    env: environmentOf(facts),
    logs: join(facts.folder, 'processes', '0'),
    onLine(text) {
      still.heard()
      hear.line(text)
    },
    onTold(text) {
      still.heard()
      hear.told(text)
    },
  })
  if (running.pid !== undefined) entrust(keeper, running.pid, facts.folder)
  const over = running.over.then(hear.over)
  const end = (why: 'canceled' | 'timeout', waitingFor: string | null): void => {
    hear.killed(why, waitingFor)
    running.end(graceMs)
  }
  const cancel = (): void => end('canceled', null)
  signal.addEventListener('abort', cancel)
  if (signal.aborted) cancel()
  return {
    get placement() {
      return { subnet, program: plan.manifest.program, programSha256, node: process.version, ...findings }
    },
    instances: witnesses.map(({ instance }) => instance),
    async close() {
      signal.removeEventListener('abort', cancel)
      still.end()
      running.end(graceMs)
      await over
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

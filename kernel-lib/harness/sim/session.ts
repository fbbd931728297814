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
import type { Over, Running } from '../instances/running.ts'
import { witness } from '../instances/witness.ts'
import { keep } from '../machine/keep.ts'
import { programFile } from '../machine/program.ts'
import { identitiesOf } from './identities/identities.ts'
import type { Identities } from './identities/shelf.ts'
import { type Findings, type Listener, listenTo } from './listener.ts'
import { standstillText } from './standstill.ts'
import { startSimulation } from './start.ts'
import { subnet } from './world/address.ts'
import { epochMs } from './world/time/epoch.ts'

/** From the polite signal to the one that cannot be ignored. */
const graceMs = 3000

/**
 * Opens a session: one process that holds every instance. It is ended when nothing is heard of it for `limitMs`: virtual time cannot end a loop that lets none pass. The
 * identities of a network that begins warm are made before it is started, with the session open; where they cannot be made, that is a fault of every instance.
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
  const ending = new AbortController()
  let identities: Identities | null = null
  let running: Running | null = null

  function end(why: 'canceled' | 'timeout', waitingFor: string | null): void {
    hear.killed(why, waitingFor)
    stop()
  }

  function stop(): void {
    ending.abort()
    running?.end(graceMs)
  }

  async function carry(): Promise<Over> {
    identities = await identitiesOf({ plan, facts, keeper, signal: ending.signal, onMade: tellMade(onMade) })
    if (ending.signal.aborted) return unstarted
    running = startSimulation(facts, {
      program: program as string,
      identities: identities?.file ?? null,
      hear,
      keeper,
      limitMs,
      onStandstill: () => end('timeout', standstillText(limitMs)),
    })
    return running.over
  }

  const cancel = (): void => end('canceled', null)
  signal.addEventListener('abort', cancel)
  if (signal.aborted) cancel()
  const over = carry().catch(faultOf(hear)).then(hear.over)
  return {
    get placement() {
      const { program } = plan.manifest
      const known = identities === null ? {} : { identities: { sha256: identities.sha256 } }
      return { subnet, program, programSha256, node: process.version, ...known, ...findings }
    },
    instances: witnesses.map(({ instance }) => instance),
    async close() {
      signal.removeEventListener('abort', cancel)
      stop()
      await over
      await keeper.farewell()
      await rm(facts.temp, { recursive: true, force: true })
    },
  }
}

/** How a process ends that was never started. */
const unstarted: Over = { exit: null, lastWords: '' }

/** Has instances told what they could not be given; where they were ended, that stands already. */
function faultOf(hear: Listener): (error: Error) => Over {
  return (error) => {
    hear.lacked(error.message)
    return unstarted
  }
}

function tellMade(onMade: OpenOptions['onMade']): (done: number, of: number) => void {
  return (done, of) => onMade({ what: 'identities', done, of })
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

import { setMaxListeners } from 'node:events'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { machineClock } from './clock.ts'
import type { TestCases } from './env.ts'
import type { MakeResident } from './population.ts'
import { processDiagnostics } from './runtime/diagnostics.ts'
import { readIdentity } from './runtime/identity.ts'
import { type LiveInstance, openInstance, runInstance, tellOnce } from './runtime/instance.ts'
import { endWithLauncher } from './runtime/launcher.ts'
import type { Variables } from './runtime/variables.ts'
import { worldHere } from './world.ts'

/** What a program may decide about its process. */
export interface HostOptions {
  /** Whether a promise that was rejected and that nobody awaits is harmless (a dial that was given up inside libp2p). Default: none is, and one is a crash. */
  readonly ignoreRejection?: (error: unknown) => boolean
  /** Makes a node that runs no case, where the composition has such: they are dialed and answer. Default: the program makes none. */
  readonly resident?: MakeResident
}

const graceMs = 2000
const lastWordsMs = 1000

/**
 * Runs a plan's program: the last line of its main file, `await host({ 'find-peers': findPeers })`. It makes an Env for each instance that this process holds, runs
 * the case that TEST_CASE names, tells the events and ends the process.
 *
 * In: environment variables of an instance (see `readIdentity`). HOPLAB_INSTANCES, where set, is the path of a JSON file: an array of objects of variables, one for each
 * instance of the process, that override the process's own. HOPLAB_LAUNCHER is the process id that this one lives and dies with.
 * Out: events as JSON lines on stdout, in `<TEST_OUTPUTS_PATH>/run.out` and on the sync service (see `eventLog`); record files in TEST_OUTPUTS_PATH, one of them how the process did (diagnostics.ndjson).
 * A case that rejects is a failure_event; an exception or rejection that nobody handles is a crash_event of every instance in the process that had not ended.
 * Exit code: 0 all succeeded; 1 not all; 2 the environment is wrong; 128 + signal number after SIGTERM or SIGINT, which abort `env.signal` and leave 2 s.
 */
export async function host(cases: TestCases, options: HostOptions = {}): Promise<void> {
  const world = worldHere()
  if (world === null) endWithLauncher()
  process.stdout.on('error', () => process.exit(1))
  if (options.resident !== undefined) world?.settle(options.resident)
  const instances = openAll()
  const cancel = new AbortController()
  setMaxListeners(0, cancel.signal)
  leaveOnSignals(cancel)
  crashTogether(instances, options)
  const diagnostics = world === null ? processDiagnostics(machineClock) : null
  const runs = instances.map((instance) => {
    const place = world?.enter(instance.identity) ?? null
    return runInstance(instance, cases, { signal: cancel.signal, diagnostics, place })
  })
  world?.begin()
  await Promise.all(runs)
  process.exit(exitCode(instances, cancel.signal))
}

function openAll(): LiveInstance[] {
  try {
    return hostedVariables(process.env).map(readIdentity).map(openInstance)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(2)
  }
}

function hostedVariables(own: Variables): readonly Variables[] {
  const path = own.HOPLAB_INSTANCES
  if (!path) return [own]
  const list: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (!Array.isArray(list) || list.length === 0)
    throw new Error(`HOPLAB_INSTANCES: ${path} holds no instance; write an array of objects of environment variables`)
  return list.map((variables: Variables) => ({ ...own, ...variables }))
}

function leaveOnSignals(cancel: AbortController): void {
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.on(name, () => {
      const code = 128 + constants.signals[name]
      if (cancel.signal.aborted) process.exit(code)
      setTimeout(() => process.exit(code), graceMs).unref()
      cancel.abort(Object.assign(new Error(`ended by ${name}`), { name: 'AbortError', code }))
    })
  }
}

function crashTogether(instances: readonly LiveInstance[], { ignoreRejection }: HostOptions): void {
  let crashing = false
  const crash = (error: unknown): void => {
    console.error(error)
    if (crashing) return
    crashing = true
    const open = instances.filter((instance) => instance.state === 'running')
    for (const instance of open) tellOnce(instance, 'crash', () => instance.log.crash(error))
    Promise.all(open.map(({ log }) => log.published(lastWordsMs))).finally(() => process.exit(1))
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', (error) => {
    if (!ignoreRejection?.(error)) crash(error)
  })
}

function exitCode(instances: readonly LiveInstance[], signal: AbortSignal): number {
  if (instances.every((instance) => instance.state === 'success')) return 0
  return signal.aborted ? (signal.reason as { code: number }).code : 1
}

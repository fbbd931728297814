import { mkdirSync } from 'node:fs'
import { machineClock } from '../clock.ts'
import type { Env, TestCases } from '../env.ts'
import { unbroken } from '../life.ts'
import { seededRandom } from '../random.ts'
import { diagnosticsRecord } from '../records/diagnostics.ts'
import { connectSync, type SyncClient } from '../sync/client.ts'
import { runKeys } from '../sync/wire.ts'
import type { Place } from '../world.ts'
import type { Diagnostics } from './diagnostics.ts'
import { type EventLog, eventLog } from './events.ts'
import type { Identity } from './identity.ts'
import { recordWriters } from './writer.ts'

/** An instance in this process. */
export interface LiveInstance {
  readonly identity: Identity
  readonly log: EventLog
  /** `running` until its outcome was told; `left` when it gave up because it was ended from outside. */
  state: 'running' | 'success' | 'failure' | 'crash' | 'left'
}

/** Ends an instance and tells it, unless it had ended: after a crash its case may still run on for a moment. */
export function tellOnce(
  instance: LiveInstance,
  state: Exclude<LiveInstance['state'], 'running'>,
  tell: () => void,
): void {
  if (instance.state !== 'running') return
  instance.state = state
  tell()
}

const publishLimitMs = 5000

/** Makes the output folder and begins to tell events. */
export function openInstance(identity: Identity): LiveInstance {
  mkdirSync(identity.outputs, { recursive: true })
  return { identity, log: eventLog(identity), state: 'running' }
}

/** What the instances of a process share, and what one has in its world. */
export interface InstanceContext {
  readonly signal: AbortSignal
  /** Null where the machine decides nothing: its figures would differ from run to run. */
  readonly diagnostics: Diagnostics | null
  /** Null on a machine. */
  readonly place: Place | null
}

/** Runs an instance's case and tells how it went; never rejects. */
export async function runInstance(
  instance: LiveInstance,
  cases: TestCases,
  { signal, diagnostics, place }: InstanceContext,
): Promise<void> {
  const { identity, log } = instance
  await place?.begins
  log.start()
  let sync: SyncClient | null = null
  try {
    const body = cases[identity.case]
    if (body === undefined)
      throw new Error(`plan ${identity.plan} has no case "${identity.case}"; it has ${Object.keys(cases).join(', ')}`)
    sync = place?.sync ?? (await connect(identity, signal))
    log.attach(sync.signalEvent)
    const diagnosed = diagnostics?.follow(recordWriters(identity.outputs)(diagnosticsRecord))
    try {
      await body(environment(instance, { sync, signal, place }))
    } finally {
      // Before the outcome is told: who hears it may take the files for whole.
      diagnosed?.()
    }
    tellOnce(instance, 'success', log.success)
  } catch (error) {
    if (signal.aborted)
      tellOnce(instance, 'left', () => log.message(`left before the end: ${(signal.reason as Error).message}`))
    else tellOnce(instance, 'failure', () => log.failure(error))
  }
  await log.published(publishLimitMs)
  await sync?.close()
}

function connect(identity: Identity, signal: AbortSignal): Promise<SyncClient> {
  return connectSync(
    {
      host: identity.syncHost,
      port: identity.syncPort,
      path: `/${encodeURIComponent(identity.group)}/${identity.index}`,
      keys: runKeys(identity.run, identity.plan, identity.case),
    },
    { signal },
  )
}

function environment(
  { identity, log }: LiveInstance,
  { sync, signal, place }: Pick<InstanceContext, 'signal' | 'place'> & { readonly sync: SyncClient },
): Env {
  const { address, link, syncHost, syncPort, subnet, ...assignment } = identity
  return {
    ...assignment,
    random: (stream) => seededRandom(identity.seed, stream),
    clock: place?.clock ?? machineClock,
    sync,
    net: place?.net ?? { kind: 'tcp', address, link },
    life: place?.life ?? unbroken,
    population: place?.population ?? null,
    signal,
    records: recordWriters(identity.outputs),
    message: log.message,
    async stage(name, body) {
      log.stageStart(name)
      try {
        return await body()
      } finally {
        log.stageEnd(name)
      }
    },
  }
}

import { join } from 'node:path'
import { machineClock } from '../clock.ts'
import type { Identity } from './identity.ts'
import { lineFile } from './writer.ts'

/** How an instance's event is told, beyond stdout and run.out. */
export type Publish = (event: unknown) => Promise<unknown>

/** Tells the events of one instance: a JSON line each on stdout and in `<outputs>/run.out`, and on the run's `run_events` once `attach` was called. */
export interface EventLog {
  start(): void
  message(text: string): void
  stageStart(name: string): void
  stageEnd(name: string): void
  success(): void
  failure(error: unknown): void
  crash(error: unknown): void
  /** Publishes this and every later event, and those already told, in order. */
  attach(publish: Publish): void
  /** Resolves once everything told so far was published or could not be, or after `limitMs`. */
  published(limitMs: number): Promise<void>
}

/**
 * The event log of an instance. A line is `{"ts":<ns>,"msg":"","group_id","run_id","instance","event":{"<kind>":{…}}}`, as Testground's SDKs write it plus `instance`
 * (index in the group), which stands in the event's body too, beside `group`. Kinds: start_event{runenv}, message_event{message}, stage_start_event{name},
 * stage_end_event{name}, success_event{}, failure_event{error}, crash_event{error, stacktrace}.
 */
export function eventLog(identity: Identity): EventLog {
  const { group, index: instance, run } = identity
  const write = lineFile(join(identity.outputs, 'run.out'))
  const waiting: unknown[] = []
  let publish: Publish | null = null
  let last: Promise<unknown> = Promise.resolve()

  function send(event: unknown): void {
    if (publish === null) waiting.push(event)
    // A service that is gone is told of where it is used; stdout and run.out have the event.
    else last = Promise.allSettled([last, publish(event)])
  }

  function tell(kind: string, body: Readonly<Record<string, unknown>>): void {
    const event = { [kind]: { ...body, group, instance } }
    // Nanoseconds exceed 2^53, so the last three digits are written, not computed.
    const ts = `${Math.round(machineClock.now() * 1000)}000`
    const rest = JSON.stringify({ msg: '', group_id: group, run_id: run, instance, event }).slice(1)
    const line = `{"ts":${ts},${rest}`
    process.stdout.write(`${line}\n`)
    send(event)
    try {
      write(line)
    } catch (error) {
      // A full disk may not take the outcome with it: it was told on stdout and to the service.
      console.error(`run.out: ${errorText(error)}`)
    }
  }

  return {
    start: () => tell('start_event', { runenv: startBody(identity) }),
    message: (message) => tell('message_event', { message }),
    stageStart: (name) => tell('stage_start_event', { name }),
    stageEnd: (name) => tell('stage_end_event', { name }),
    success: () => tell('success_event', {}),
    failure: (error) => tell('failure_event', { error: errorText(error) }),
    crash: (error) =>
      tell('crash_event', { error: errorText(error), stacktrace: (error instanceof Error && error.stack) || '' }),
    attach(to) {
      publish = to
      for (const event of waiting.splice(0)) send(event)
    },
    published(limitMs) {
      return new Promise((resolve) => {
        const late = setTimeout(resolve, limitMs)
        last.then(() => {
          clearTimeout(late)
          resolve()
        })
      })
    },
  }
}

/** An error in one line for people, with its causes. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const inner = error instanceof AggregateError ? error.errors.map(errorText).join('; ') : ''
  const text = `${error.name}: ${error.message}${inner && ` (${inner})`}`
  return error.cause === undefined || error.name === 'SyncError' ? text : `${text} (because ${errorText(error.cause)})`
}

/** What Testground's start event tells of the run, but for folders of this machine: what a run wrote is read and published elsewhere. */
function startBody(identity: Identity): Readonly<Record<string, unknown>> {
  return {
    plan: identity.plan,
    case: identity.case,
    run: identity.run,
    params: identity.params,
    instances: identity.instanceCount,
    network: identity.subnet,
    group: identity.group,
    group_instances: identity.groupInstanceCount,
  }
}

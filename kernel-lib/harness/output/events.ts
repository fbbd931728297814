import type { PlanEvent } from '../harness.ts'

const told = { success_event: 'success', failure_event: 'failure', crash_event: 'crash' } as const

/** How the Go SDK, at its own end, tells that it closed its copy of standard error before all was in it. */
const afterword = /^stderr (?:file tee sync|copy) failed/
/** The stack that it gives for the error of a panic, before it tells the panic itself. */
const stack = /^goroutine \d+ \[/

/** What an outcome event tells: the outcome, or null where the event is of another kind, or tells nothing of the program. */
export function outcomeOf(event: PlanEvent): 'success' | 'failure' | 'crash' | null {
  if (afterword.test(errorOf(event))) return null
  for (const [kind, outcome] of Object.entries(told)) if (event[kind] !== undefined) return outcome
  return null
}

/** The text of an outcome, failure or crash event: its `error`, else an empty string; a stack alone is none. */
export function errorOf(event: PlanEvent): string {
  const body = event.failure_event ?? event.crash_event
  return typeof body?.error === 'string' && !stack.test(body.error) ? body.error : ''
}

/**
 * An event in the form of Testground's SDKs since v0.2.6, from that form or from the older `{ type, outcome, … }`.
 *
 * @returns Null where `raw` is neither.
 */
export function planEvent(raw: unknown): PlanEvent | null {
  if (!isObject(raw)) return null
  if (typeof raw.type === 'string') return legacyEvent(raw.type, raw)
  const bodies = Object.entries(raw).filter(([, body]) => isObject(body))
  return bodies.length === 0 ? null : (Object.fromEntries(bodies) as PlanEvent)
}

function legacyEvent(type: string, raw: Record<string, unknown>): PlanEvent | null {
  const error = typeof raw.error === 'string' ? raw.error : ''
  if (type === 'start') return { start_event: { runenv: raw.runenv ?? null } }
  if (type === 'message') return { message_event: { message: raw.message ?? '' } }
  if (type !== 'finish') return null
  if (raw.outcome === 'ok') return { success_event: {} }
  if (raw.outcome === 'crashed') return { crash_event: { error, stacktrace: raw.stacktrace ?? '' } }
  return { failure_event: { error: error || `finished with outcome "${String(raw.outcome)}"` } }
}

/** A line of standard output that is an event, with whom its envelope names. */
export interface PrintedEvent {
  readonly event: PlanEvent
  readonly group: string | null
  readonly index: number | null
  /** When, by the program's clock, ms since the Unix epoch; null where the line does not say. */
  readonly atMs: number | null
}

/** Reads a line of standard output; null for free text and for logs that are no event. */
export function printedEvent(line: string): PrintedEvent | null {
  if (!line.startsWith('{') || !line.includes('"event"')) return null
  let envelope: unknown
  try {
    envelope = JSON.parse(line)
  } catch {
    return null
  }
  if (!isObject(envelope)) return null
  const event = planEvent(envelope.event)
  if (event === null) return null
  const { group_id: group, instance, ts } = envelope
  return {
    event,
    group: typeof group === 'string' ? group : null,
    index: typeof instance === 'number' ? instance : null,
    atMs: typeof ts === 'number' ? Math.round(ts / 1000) / 1000 : null,
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

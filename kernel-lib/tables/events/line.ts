import { planEvent } from '../../harness/output/events.ts'

/** What an event tells of; `line` is text that is no event, `stderr` what was written to standard error. */
export const eventKinds = [
  'start',
  'message',
  'stage-start',
  'stage-end',
  'success',
  'failure',
  'crash',
  'line',
  'stderr',
] as const
export type EventKind = (typeof eventKinds)[number]

/** One line of an instance's run.out. */
export interface ToldEvent {
  /** Nanoseconds since the Unix epoch, as digits; null for a line without a time. */
  readonly timeNs: string | null
  readonly kind: EventKind
  /** The stage; null for what is none. */
  readonly name: string | null
  /** The message, the error or the line itself; may be empty. */
  readonly text: string
}

/** Reads one line of a run.out: an event of Testground's SDKs, new (`success_event`, …) or old (`type: finish`), or free text. */
export function toldEvent(line: string): ToldEvent {
  const envelope = parsed(line)
  if (envelope === null) return { timeNs: null, kind: 'line', name: null, text: line }
  const timeNs = /"ts":\s*(\d+)/.exec(line)?.[1] ?? null
  const event = planEvent(envelope.event)
  const [[told, body] = ['', {}]] = event === null ? [] : Object.entries(event)
  const kind = kindOf(told)
  if (kind === 'line') return { timeNs, kind, name: null, text: text(envelope.msg) || text(envelope.message) || line }
  const name = kind.startsWith('stage') ? text(body.name) || null : null
  return { timeNs, kind, name, text: text(body.message) || text(body.error) }
}

function kindOf(told: string): EventKind {
  const kind = told.replace(/_event$/, '').replace('_', '-')
  return eventKinds.find((known) => known === kind) ?? 'line'
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  if (!line.startsWith('{')) return null
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

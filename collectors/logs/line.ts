/** One line that an instance told: an event of its run.out, or text that was no event. */
export interface LogLine {
  /** Since the Unix epoch; a line without a time has that of the line before it. */
  readonly atMs: number
  readonly group: string
  readonly index: number
  readonly level: 'info' | 'error'
  readonly text: string
}

interface Envelope {
  readonly ts?: number
  readonly msg?: string
  readonly message?: string
  readonly event?: Readonly<Record<string, unknown>>
}

const nsPerMs = 1e6

/**
 * Reads one line of a run.out: Testground's events, new (`success_event`, …) and old (`type: finish`), or free text.
 *
 * @param beforeMs Time of the line before, for a line that carries none.
 */
export function parseLine(line: string, beforeMs: number): Pick<LogLine, 'atMs' | 'level' | 'text'> {
  const envelope = parse(line)
  if (envelope === null) return { atMs: beforeMs, level: 'info', text: line }
  const told = eventText(envelope)
  return {
    atMs: typeof envelope.ts === 'number' ? envelope.ts / nsPerMs : beforeMs,
    level: /^(failure|crash)|^finish (failed|crashed)/.test(told) ? 'error' : 'info',
    text: told,
  }
}

function parse(line: string): Envelope | null {
  if (!line.startsWith('{')) return null
  try {
    return JSON.parse(line) as Envelope
  } catch {
    return null
  }
}

function eventText({ event, msg, message }: Envelope): string {
  if (event === undefined) return msg || message || ''
  if (typeof event.type === 'string') return words(event.type, event)
  const [kind = '', body] = Object.entries(event)[0] ?? []
  return words(
    kind.replace(/_event$/, '').replace('stage_', 'stage '),
    (body ?? {}) as Readonly<Record<string, unknown>>,
  )
}

function words(kind: string, body: Readonly<Record<string, unknown>>): string {
  const said = [body.outcome, body.message, body.name, body.error].filter(
    (part) => typeof part === 'string' && part !== '',
  )
  return kind === 'message' ? said.join(' ') : [kind, ...said].join(' ')
}

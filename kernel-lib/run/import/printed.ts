import type { PlanEvent } from '../../harness/harness.ts'
import { planEvent } from '../../harness/output/events.ts'
import { readLines } from '../lines.ts'

/** What the start event says of the run and of this instance's group. */
export interface Start {
  readonly plan: string
  readonly case: string
  readonly run: string
  readonly params: Readonly<Record<string, string>>
  readonly instances: number
  readonly group: string
  readonly groupInstances: number
}

/** A lookup that the plan timed: it lasted from `startMs` to `endMs`. */
export interface TimedLookup {
  readonly name: string
  readonly startMs: number
  readonly endMs: number
  /** The line that told it. */
  readonly line: string
}

/** What an instance printed, from its `run.out`. */
export interface Printed {
  readonly start: Start | null
  /** Events that tell an outcome, in the form of the newer SDKs. */
  readonly outcomes: readonly PlanEvent[]
  /** Of the event that told the outcome, or null. */
  readonly finishedMs: number | null
  /** The line of that event. */
  readonly finishLine: string | null
  /** Whether the events are those of SDKs up to v0.2.5. */
  readonly legacy: boolean
  readonly peer: { readonly id: string; readonly tsMs: number } | null
  /** Peers that it dialled to join the network. */
  readonly bootstrappers: readonly string[]
  /** When it had joined: the last `bootstrap: done`. */
  readonly joinedMs: number | null
  readonly timed: readonly TimedLookup[]
  /** First and last time on any line, or null where there is none. */
  readonly firstMs: number | null
  readonly lastMs: number | null
  /** Whether the last line is an event cut in half. */
  readonly cut: boolean
}

/** Longest line that is looked at. Bytes. */
export const lineLimitBytes = 4 << 20

type Growing = { -readonly [K in keyof Printed]: Printed[K] extends readonly (infer T)[] ? T[] : Printed[K] }

/** Reads what an instance printed; lines that are no events are passed over. `path` null is an instance without `run.out`. */
export async function readPrinted(
  path: string | null,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Printed> {
  const found: Growing = {
    ...{ start: null, outcomes: [], finishedMs: null, finishLine: null, legacy: false, peer: null, bootstrappers: [] },
    ...{ joinedMs: null, timed: [], firstMs: null, lastMs: null, cut: false },
  }
  if (path === null) return found
  const reader = {
    line(text: string, _number: number, ended: boolean) {
      const envelope = parsed(text)
      if (envelope !== null) takeLine(found, envelope, text)
      else if (!ended && text.startsWith('{')) found.cut = true
    },
    tooLong() {},
  }
  await readLines(path, reader, { limitBytes: lineLimitBytes, ...options })
  return found
}

type Fields = Readonly<Record<string, unknown>>

function parsed(text: string): Fields | null {
  if (!text.startsWith('{')) return null
  try {
    return fields(JSON.parse(text))
  } catch {
    return null
  }
}

function fields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
}

function takeLine(found: Growing, envelope: Fields, line: string): void {
  const raw = fields(envelope.event)
  // Nanoseconds pass 2^53, so the last few hundred are lost: less than a microsecond.
  const tsMs = typeof envelope.ts === 'number' ? envelope.ts / 1e6 : null
  if (raw === null || tsMs === null) return
  found.firstMs ??= tsMs
  found.lastMs = tsMs
  if (typeof raw.type === 'string') found.legacy = true
  if (raw.type === 'metric') takeMetric(found, fields(raw.metric), { tsMs, line })
  const event = planEvent(raw)
  if (event === null) return
  if (event.start_event !== undefined) found.start ??= startOf(fields(event.start_event.runenv))
  if (event.message_event !== undefined) takeMessage(found, String(event.message_event.message), tsMs)
  if (event.success_event ?? event.failure_event ?? event.crash_event) {
    found.outcomes.push(event)
    found.finishedMs = tsMs
    found.finishLine = line
  }
}

function startOf(runenv: Fields | null): Start | null {
  if (runenv === null) return null
  const { plan, case: testCase, run, params, instances, group, group_instances: groupInstances } = runenv
  const whole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0
  if (typeof plan !== 'string' || typeof testCase !== 'string' || typeof group !== 'string') return null
  if (!whole(instances) || !whole(groupInstances)) return null
  const texts = Object.entries(fields(params) ?? {}).map(([name, value]) => [name, String(value)] as const)
  return {
    ...{ plan, case: testCase, run: typeof run === 'string' ? run : '', group },
    ...{ params: Object.fromEntries(texts), instances, groupInstances },
  }
}

const nsPerUnit: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9 }

/** A metric is told at the end of what it measured, so that the start is its time less its value. */
function takeMetric(found: Growing, metric: Fields | null, { tsMs, line }: { tsMs: number; line: string }): void {
  const { name, unit, value } = metric ?? {}
  const ns = nsPerUnit[String(unit)]
  if (typeof name !== 'string' || typeof value !== 'number' || ns === undefined) return
  if (/^time-to-find-\d+$/.test(name)) found.timed.push({ name, startMs: tsMs - (value * ns) / 1e6, endMs: tsMs, line })
}

function takeMessage(found: Growing, message: string, tsMs: number): void {
  const id = /^I am (\w+)/.exec(message)?.[1]
  if (id !== undefined) found.peer ??= { id, tsMs }
  else if (message === 'bootstrap: done') found.joinedMs = tsMs
  else if (message.startsWith('bootstrap: dialing ['))
    found.bootstrappers.push(...[...message.matchAll(/\{(\w+):/g)].map(([, peer]) => peer as string))
}

import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type NumberedLine, type Tail, tail } from '../../run/tail.ts'
import { type EventKind, toldEvent } from './line.ts'

/** What an instance told, and when. */
export interface InstanceEvent {
  /** Since the Unix epoch. A line without a time has that of the line before it, standard error that of its last writing. */
  readonly atMs: number
  readonly group: string
  readonly index: number
  readonly kind: EventKind
  /** The stage; null for what is none. */
  readonly name: string | null
  readonly text: string
}

/** What one instance tells, each line once, in the order of its files. */
export interface EventStream {
  /** What was told since the last time. */
  more(): Promise<InstanceEvent[]>
  /** The same, last lines without an end included: the instance has ended. */
  rest(): Promise<InstanceEvent[]>
}

interface Whose {
  readonly group: string
  readonly index: number
}

const nsPerMs = 1e6

/**
 * Follows an instance: its run.out, or its standard output where it writes none; and its standard error.
 *
 * @param folder The run's folder.
 * @param startedMs Start of the run, which is the time of lines before the first that has one.
 */
export function eventStream(folder: string, whose: Whose, startedMs: number): EventStream {
  const file = (name: string): string => join(folder, whose.group, String(whose.index), name)
  const errors = ['run.err', 'stderr.log'].map((name) => ({ path: file(name), tail: tail(file(name)) }))
  const outs = ['run.out', 'stdout.log'].map((name) => ({ path: file(name), tail: tail(file(name)) }))
  let chosen: Tail | null = null
  let beforeMs = startedMs

  async function told(which: 'lines' | 'rest'): Promise<InstanceEvent[]> {
    chosen ??= await firstWritten(outs)
    const events: InstanceEvent[] = []
    for (const { text } of chosen === null ? [] : await all(chosen[which]())) {
      const { timeNs, ...event } = toldEvent(text)
      beforeMs = timeNs === null ? beforeMs : Number(timeNs) / nsPerMs
      events.push({ atMs: beforeMs, ...whose, ...event })
    }
    for (const { path, tail: lines } of errors)
      for (const { text } of await all(lines[which]())) {
        const atMs = Math.max(startedMs, (await stat(path)).mtimeMs)
        events.push({ atMs, ...whose, kind: 'stderr', name: null, text })
      }
    return events
  }
  return { more: () => told('lines'), rest: () => told('rest') }
}

async function firstWritten(files: readonly { readonly path: string; readonly tail: Tail }[]): Promise<Tail | null> {
  for (const { path, tail: lines } of files) {
    const found = await stat(path).catch(() => null)
    if (found !== null && found.size > 0) return lines
  }
  return null
}

async function all(chunks: AsyncIterable<readonly NumberedLine[]>): Promise<NumberedLine[]> {
  const lines: NumberedLine[] = []
  for await (const chunk of chunks) for (const line of chunk) lines.push(line)
  return lines
}

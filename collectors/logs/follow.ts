import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunSpec } from 'hoplab'
import { programGroups } from 'hoplab/composition/groups.ts'
import { type EventStream, eventStream } from 'hoplab/tables/events/stream.ts'
import { type LogLine, logLine } from './line.ts'
import { isWanted, keeps, type LogFilter, ordered } from './read.ts'

/** A run that is followed. */
export interface Followed {
  readonly folder: string
  readonly spec: RunSpec
  readonly startedMs: number
  /** Whether the run has ended, in whatever way. */
  readonly hasEnded: () => Promise<boolean>
}

const lookEveryMs = 300
/** A line is told when others of its time have had so long to reach the disk: instances write each at their own pace. */
const holdMs = 700

/**
 * Lines of a run as its instances tell them, from the first on, in one order of time, until the run has ended. A line that reaches the disk later than others of its time by
 * more than a second comes when it comes.
 */
export async function* followLogs(
  run: Followed,
  filter: LogFilter,
  { signal }: { readonly signal: AbortSignal },
): AsyncGenerator<LogLine> {
  const { folder, startedMs } = run
  const streams = instancesOf(run.spec)
    .filter((one) => isWanted(one, filter))
    .map((one) => eventStream(folder, one, startedMs))
  let held: LogLine[] = []
  for (let over = false; !over && !signal.aborted; ) {
    // Asked before reading: what is written between the two is read.
    over = await run.hasEnded()
    const fresh = (await read(streams, over ? 'rest' : 'more')).filter((line) => keeps(line, filter, startedMs))
    const due = over ? Number.POSITIVE_INFINITY : Date.now() - holdMs
    held = ordered([...held, ...fresh])
    yield* held.filter(({ atMs }) => atMs <= due)
    held = held.filter(({ atMs }) => atMs > due)
    if (!over) await sleep(lookEveryMs, undefined, { signal }).catch(() => {})
  }
}

function instancesOf(spec: RunSpec): { readonly group: string; readonly index: number }[] {
  return programGroups(spec).flatMap(({ id, count }) =>
    Array.from({ length: count }, (_, index) => ({ group: id, index })),
  )
}

async function read(streams: readonly EventStream[], which: 'more' | 'rest'): Promise<LogLine[]> {
  return (await Promise.all(streams.map((stream) => stream[which]()))).flat().map(logLine)
}

/** Whether a run's folder holds its record. */
export function hasRecord(folder: string): boolean {
  return existsSync(join(folder, 'record.json'))
}

import type { RunRecord } from 'hoplab'
import { eventStream } from 'hoplab/tables/events/stream.ts'
import { type LogLine, logLine } from './line.ts'

/** Which lines of a run are wanted; what is absent leaves all through. */
export interface LogFilter {
  readonly group?: string
  readonly index?: number
  readonly level?: 'error'
  /** Only lines at least this long after the run's start. Seconds. */
  readonly sinceS?: number
  readonly grep?: RegExp
}

/**
 * One ordered stream of what the instances of a run told, by time, then by instance.
 *
 * @param folder The run's folder.
 */
export async function readLogs(folder: string, record: RunRecord, filter: LogFilter = {}): Promise<LogLine[]> {
  const { instances, startedMs } = record
  const wanted = instances.filter((instance) => isWanted(instance, filter))
  const streams = wanted.map(({ group, index }) => eventStream(folder, { group, index }, startedMs).rest())
  const events = (await Promise.all(streams)).flat()
  return ordered(events.map(logLine).filter((line) => keeps(line, filter, startedMs)))
}

/** Whether an instance is one that was asked for. */
export function isWanted(
  { group, index }: { readonly group: string; readonly index: number },
  filter: LogFilter,
): boolean {
  return (
    (filter.group === undefined || group === filter.group) && (filter.index === undefined || index === filter.index)
  )
}

/** Whether a line is one that was asked for. */
export function keeps(line: LogLine, { level, sinceS, grep }: LogFilter, startedMs: number): boolean {
  return (
    (level === undefined || line.level === level) &&
    (sinceS === undefined || line.atMs - startedMs >= sinceS * 1000) &&
    (grep === undefined || grep.test(line.text))
  )
}

/** By time; lines of one time stay in the order in which they came. */
export function ordered(lines: readonly LogLine[]): LogLine[] {
  return [...lines].sort((a, b) => a.atMs - b.atMs)
}

/** A line for people: seconds since the run's start, who, what. */
export function shownLine({ atMs, group, index, text }: LogLine, startedMs: number): string {
  return `${((atMs - startedMs) / 1000).toFixed(3).padStart(9)} s  ${group}/${index}  ${text}`
}

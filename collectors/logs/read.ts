import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunRecord } from 'hoplab'
import { type LogLine, parseLine } from './line.ts'

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
  const wanted = record.instances.filter(
    ({ group, index }) =>
      (filter.group === undefined || group === filter.group) && (filter.index === undefined || index === filter.index),
  )
  const streams = await Promise.all(
    wanted.map(({ group, index }) => instanceLines(folder, { group, index }, record.startedMs)),
  )
  return streams
    .flat()
    .filter((line) => keep(line, filter, record.startedMs))
    .sort((a, b) => a.atMs - b.atMs)
}

async function instanceLines(
  folder: string,
  { group, index }: { readonly group: string; readonly index: number },
  startedMs: number,
): Promise<LogLine[]> {
  const text = await readFile(join(folder, group, String(index), 'run.out'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    },
  )
  let beforeMs = startedMs
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const parsed = parseLine(line, beforeMs)
      beforeMs = parsed.atMs
      return { group, index, ...parsed }
    })
}

function keep(line: LogLine, { level, sinceS, grep }: LogFilter, startedMs: number): boolean {
  return (
    (level === undefined || line.level === level) &&
    (sinceS === undefined || line.atMs - startedMs >= sinceS * 1000) &&
    (grep === undefined || grep.test(line.text))
  )
}

/** A line for people: seconds since the run's start, who, what. */
export function shownLine({ atMs, group, index, text }: LogLine, startedMs: number): string {
  return `${((atMs - startedMs) / 1000).toFixed(3).padStart(9)} s  ${group}/${index}  ${text}`
}

import type { InstanceEvent } from 'hoplab/tables/events/stream.ts'

/** One line that an instance told: an event, or text that was none. */
export interface LogLine {
  /** Since the Unix epoch; a line without a time has that of the line before it. */
  readonly atMs: number
  readonly group: string
  readonly index: number
  /** `error`: a failure, a crash, or standard error. */
  readonly level: 'info' | 'error'
  readonly text: string
}

/** An event in words: `stage start find-peers`, `failure no route`. */
export function logLine({ atMs, group, index, kind, name, text }: InstanceEvent): LogLine {
  const level = ['failure', 'crash', 'stderr'].includes(kind) ? 'error' : 'info'
  const plain = ['message', 'line', 'stderr'].includes(kind)
  const words = [kind.replace('-', ' '), name, text].filter((word) => word !== null && word !== '')
  return { atMs, group, index, level, text: plain ? text : words.join(' ') }
}

import type { Shape } from '../shape.ts'

/** A network namespace and the queue of netfilter in it that the shaper serves. */
export interface QueuedNamespace {
  /** File that is the namespace: `/proc/PID/ns/net`. */
  readonly path: string
  /** Number of the queue, 0 to 65535. */
  readonly queue: number
}

/** One answer of the shaper: the command's number, and its values or what went wrong. */
export type Answer =
  | { readonly id: number; readonly values: Readonly<Record<string, string>> }
  | { readonly id: number; readonly error: string }

/** What the shaper did with packets since it started. */
export interface ShaperStats {
  /** Packets that came; a whole batch of the kernel's (GSO) counts as one. */
  readonly packets: number
  readonly dropped: number
  readonly corrupted: number
  readonly duplicated: number
  /** Packets that were not delayed while others were. */
  readonly reordered: number
  /** Packets that the kernel dropped because a queue was full. */
  readonly overflowed: number
  /** How much later than asked for packets went on, mean and most, ms. */
  readonly lateMeanMs: number
  readonly lateMaxMs: number
  /** CPU time that it took, which holds that of the receivers' network stacks, ms. */
  readonly cpuMs: number
}

/** Words after the number of the command that makes the shaper serve a namespace, which has the rule of `queueRule` already or gets it then. */
export function joinCommand({ path, queue }: QueuedNamespace): string {
  return `join ${queue} ${path}`
}

/** The command that gives a namespace back; what waits in its queue is dropped. */
export function leaveCommand({ path, queue }: QueuedNamespace): string {
  return `leave ${queue} ${path}`
}

/** The command that shapes all that comes from a source, an IPv4 address or subnet (`16.0.1.2`, `16.0.0.0/16`), from now on; the longest that holds an address is in force. */
export function shapeCommand(source: string, shape: Shape): string {
  const values = {
    delay_us: Math.round(shape.latencyMs * 1000),
    jitter_us: Math.round(shape.jitterMs * 1000),
    loss: shape.loss,
    corrupt: shape.corrupt,
    corrupt_corr: shape.corruptCorrelation,
    duplicate: shape.duplicate,
    duplicate_corr: shape.duplicateCorrelation,
    reorder: shape.reorder,
    reorder_corr: shape.reorderCorrelation,
  }
  const words = Object.entries(values).map(([name, value]) => `${name}=${value}`)
  return `shape ${source} ${words.join(' ')}`
}

/** The command that forgets a source's shape. */
export function clearCommand(source: string): string {
  return `clear ${source}`
}

/** Reads a line that the shaper printed: `7 ok`, `7 ok packets=12 …`, `7 error …`. Throws for anything else. */
export function readAnswer(line: string): Answer {
  const [, id, kind, rest = ''] = /^(\d+) (ok|error) ?(.*)$/.exec(line) ?? []
  if (id === undefined) throw new Error(`shaper: printed ${JSON.stringify(line)}, which is no answer`)
  if (kind === 'error') return { id: Number(id), error: rest }
  return { id: Number(id), values: Object.fromEntries(rest.split(' ').filter(Boolean).map(pair)) }
}

function pair(word: string): [string, string] {
  const at = word.indexOf('=')
  return [word.slice(0, at), word.slice(at + 1)]
}

/** Statistics out of the values of an answer to `stats`. */
export function readStats(values: Readonly<Record<string, string>>): ShaperStats {
  const count = (name: string): number => Number(values[name])
  return {
    packets: count('packets'),
    dropped: count('dropped'),
    corrupted: count('corrupted'),
    duplicated: count('duplicated'),
    reordered: count('reordered'),
    overflowed: count('overflowed'),
    lateMeanMs: count('late_mean_us') / 1000,
    lateMaxMs: count('late_max_us') / 1000,
    cpuMs: count('cpu_us') / 1000,
  }
}

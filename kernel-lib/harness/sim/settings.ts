import type { RunSpec } from '../../composition/spec.ts'

/** What a simulation is told, in the file that HOPLAB_WORLD names. */
export interface WorldSettings {
  /** Run id. */
  readonly run: string
  readonly spec: RunSpec
  /** File of the trace, absolute; it is made. */
  readonly trace: string
  /** File of the identities of a network that begins warm, absolute; null where it begins cold. */
  readonly identities: string | null
}

/** What a simulation tells its launcher, a JSON object a line on file descriptor 3. */
export type Told =
  /** An instance published an event. */
  | {
      readonly kind: 'published'
      readonly group: string
      readonly index: number
      readonly atMs: number
      readonly event: unknown
    }
  | { readonly kind: 'joined'; readonly group: string; readonly index: number; readonly atMs: number }
  /** How far it is; `atMs` is virtual. */
  | { readonly kind: 'progress'; readonly atMs: number; readonly events: number }
  | { readonly kind: 'hole'; readonly what: string; readonly by: string; readonly atMs: number }
  /** An instance that the time-out, or the want of anything more to happen, finds running, and what it waits for. */
  | {
      readonly kind: 'late'
      readonly group: string
      readonly index: number
      readonly atMs: number
      readonly waitingFor: string | null
    }
  | {
      readonly kind: 'end'
      readonly atMs: number
      readonly events: number
      readonly trace: { readonly events: number; readonly sha256: string }
    }

/** File descriptor of what is told. */
export const toldFile = 3

/** Name of the trace in a run's folder. */
export const traceFile = 'trace.ndjson.gz'

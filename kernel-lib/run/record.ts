import type { RunSpec } from '../composition/spec.ts'
import type { Ending } from '../harness/harness.ts'

/** Outcomes from best to worst; a run is as bad as its worst instance. */
export const outcomes = ['success', 'canceled', 'unknown', 'timeout', 'failure', 'crash'] as const
export type Outcome = (typeof outcomes)[number]

/** How one instance was judged, by whom, and from what. */
export interface InstanceRecord {
  readonly group: string
  readonly index: number
  readonly seq: number
  readonly outcome: Outcome
  /** One line for people: `timeout after 60 s: waiting for barrier "peers-found" (38 of 40 there; missing single/3)`. */
  readonly reason: string
  /** Which sources spoke: `sync`, `stdout`, `exit`, `killed`, `harness`. */
  readonly spoke: readonly string[]
  readonly ending: Ending
}

/** A file that an instance wrote. */
export interface Artifact {
  /** `<group>/<index>/<file>`, with forward slashes. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** All that is known of a run when it is over. Written once; analysis reads this and the artifacts, nothing else. */
export interface RunRecord {
  readonly schema: 'hoplab/record/1'
  readonly run: string
  readonly spec: RunSpec
  /** `specHash` of the spec: 64 hexadecimal digits. */
  readonly specHash: string
  readonly harness: string
  readonly strict: boolean
  /** Null where a foreign run did not say. */
  readonly placement: Readonly<Record<string, unknown>> | null
  /** Versions by name: node, hoplab, plan, libp2p, … */
  readonly versions: Readonly<Record<string, string>>
  /** Processor, cores, memory, platform; no host name, user or path. */
  readonly machine: Readonly<Record<string, string | number>> | null
  readonly startedMs: number
  readonly endedMs: number
  readonly outcome: Outcome
  /** One entry for every instance of the spec, in its order. */
  readonly instances: readonly InstanceRecord[]
  readonly artifacts: readonly Artifact[]
  /** Where the run came from when it was not ours: file name and sha256 of an archive. */
  readonly imported: { readonly file: string; readonly sha256: string } | null
}

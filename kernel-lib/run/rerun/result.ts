import type { RunSummary } from '../summary.ts'
import type { FilesCompared } from './compare-files.ts'
import type { EventDifference } from './compare-traces.ts'

/** A run that repeats another, and how the two compare; what `hoplab rerun --json` prints. In a cell it shows itself. */
export interface Rerun extends Omit<RunSummary, 'schema'> {
  readonly schema: 'hoplab/rerun/1'
  /** Id of the run that it repeats. */
  readonly of: string
  /** Whether every event, and every file of the instances but for the run's id, is the same; null where that cannot be told. */
  readonly identical: boolean | null
  /** Why it cannot be told, or what else stands against it. */
  readonly why?: string
  /** Where the two begin to differ: an event, or where all events are the same the first file. */
  readonly firstDifference?: EventDifference | { readonly kind: 'file'; readonly path: string }
  /** Null where nothing was simulated. */
  readonly files: FilesCompared | null
  /** Number of events that are the same in both; null where they differ or cannot be compared. */
  readonly events: number | null
  /** What is not as it was when the run was recorded, and what was asked to be otherwise. */
  readonly changed: readonly string[]
}

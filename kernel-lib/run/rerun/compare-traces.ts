import { createHash } from 'node:crypto'
import { lineReader } from './line-batches.ts'

/** The first event in which two traces differ. */
export interface EventDifference {
  readonly kind: 'event'
  /** Its number in both, from 1. */
  readonly event: number
  /** Its line in the run that was repeated; null where that trace has ended. */
  readonly of: string | null
  /** Its line in the repetition; null where that trace has ended. */
  readonly rerun: string | null
}

/** What came of reading two traces side by side. */
export type TracesCompared =
  | { readonly same: true; readonly events: number; readonly sha256: string }
  | { readonly same: false; readonly difference: EventDifference }

/** Compares two traces line by line, up to the first that differs; neither is ever whole in memory. */
export async function compareTraces(ofFile: string, rerunFile: string): Promise<TracesCompared> {
  const [ofLines, rerunLines] = [lineReader(ofFile), lineReader(rerunFile)]
  const hash = createHash('sha256')
  try {
    for (let event = 1; ; event += 1) {
      const [nextOf, nextRerun] = [ofLines.next(), rerunLines.next()]
      const of = nextOf instanceof Promise ? await nextOf : nextOf
      const rerun = nextRerun instanceof Promise ? await nextRerun : nextRerun
      if (of !== rerun) return { same: false, difference: { kind: 'event', event, of, rerun } }
      if (of === null) return { same: true, events: event - 1, sha256: hash.digest('hex') }
      hash.update(of).update('\n')
    }
  } finally {
    await Promise.all([ofLines.close(), rerunLines.close()])
  }
}

import { trace } from '../lookups/traced.ts'
import type { Observed } from '../observed/observed.ts'
import type { Sample } from '../sample/sample.ts'
import { askedBy } from './asked-by.ts'
import { type ShareMeasure, type ShareMeasureName, shareMeasures } from './share-measures.ts'

/** Runs in which a share of the nodes is of a kind: behind routers, crashing. */
export interface AtShare {
  /** 0 to 1. */
  readonly share: number
  readonly data: Observed
}

/** Groups whose lookups are taken together, by the words for them: `{ 'open nodes': ['open'] }`. */
export type Askers = Readonly<Record<string, readonly string[]>>

/** One measure of one kind of asker at one share. */
export interface SharePoint {
  readonly share: number
  /** `all nodes` where askers are not told apart. */
  readonly asker: string
  readonly sample: Sample
}

/** Words for everybody. */
export const everybody = 'all nodes'

/** A measure at every share, in rising order, for each kind of asker that ended a lookup there. A measure of tables has one line, whoever asks. */
export function againstShare(
  places: readonly AtShare[],
  { measure, askers = null }: { readonly measure: ShareMeasureName; readonly askers?: Askers | null },
): SharePoint[] {
  const { byAsker, sampleOf }: ShareMeasure = shareMeasures[measure]
  const kinds: [string, readonly string[] | null][] =
    askers === null || !byAsker ? [[everybody, null]] : Object.entries(askers)
  return kinds.flatMap(([asker, groups]) =>
    [...places]
      .sort((a, b) => a.share - b.share)
      .flatMap(({ share, data }): SharePoint[] => {
        const taken = askedBy(trace(data), groups)
        if (groups !== null && taken.ended.length === 0) return []
        return [{ share, asker, sample: sampleOf(taken, data) }]
      }),
  )
}

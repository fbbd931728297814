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
  /** What tells its network from others at the same share: `10,000 nodes`. Default: nothing, and it is one with all that have none. */
  readonly network?: string
}

/** Groups whose lookups are taken together, by the words for them: `{ 'open nodes': ['open'] }`. */
export type Askers = Readonly<Record<string, readonly string[]>>

/** One measure of one kind of asker at one share. */
export interface SharePoint {
  readonly share: number
  /** Who asked, after the network where there are several; `all nodes` where nothing is told apart. */
  readonly asker: string
  readonly sample: Sample
}

/** Words for everybody. */
export const everybody = 'all nodes'

/** Which measure is taken, and whose. */
export interface AgainstShare {
  readonly measure: ShareMeasureName
  /** Default: all together. */
  readonly askers?: Askers | null
  /** Kind of lookup: `provide`. Default: the one that the runs' case is about. */
  readonly kind?: string | null
}

/** A measure at every share, in rising order, for each network and each kind of asker that ended a lookup there. A measure of tables has one line a network, whoever asks. */
export function againstShare(places: readonly AtShare[], wish: AgainstShare): SharePoint[] {
  const networks = [...new Set(places.map(({ network = null }) => network))]
  return networks.flatMap((network) =>
    pointsOf(
      places.filter((place) => (place.network ?? null) === network),
      wish,
    ).map((point) => ({ ...point, asker: whose(network, point.asker) })),
  )
}

function whose(network: string | null, asker: string): string {
  if (network === null) return asker
  return asker === everybody ? network : `${network}, ${asker}`
}

function pointsOf(places: readonly AtShare[], { measure, askers = null, kind = null }: AgainstShare): SharePoint[] {
  const { byAsker, sampleOf }: ShareMeasure = shareMeasures[measure]
  const kinds: [string, readonly string[] | null][] =
    askers === null || !byAsker ? [[everybody, null]] : Object.entries(askers)
  return kinds.flatMap(([asker, groups]) =>
    [...places]
      .sort((a, b) => a.share - b.share)
      .flatMap(({ share, data }): SharePoint[] => {
        const taken = askedBy(trace(data, kind === null ? {} : { kind }), groups)
        if (groups !== null && taken.ended.length === 0) return []
        return [{ share, asker, sample: sampleOf(taken, data) }]
      }),
  )
}

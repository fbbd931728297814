import { nodeCount } from '../../composition/groups.ts'
import { trace } from '../lookups/traced.ts'
import type { Observed } from '../observed/observed.ts'
import type { Sample } from '../sample/sample.ts'
import { type ShareMeasure, type ShareMeasureName, shareMeasures } from '../shares/share-measures.ts'

/** A measure of networks of one size. */
export interface SizePoint {
  /** Nodes of a network, those that run no program included. */
  readonly nodes: number
  readonly sample: Pick<Sample, 'mean' | 'estimate' | 'interval'>
}

/** A measure of a lookup that grows with its network: latency (D2), hops (D4), requests (D7). */
export type SizeMeasureName = Extract<ShareMeasureName, 'D2' | 'D4' | 'D7'>

/** A measure at each size of networks, in rising order. Each entry of `places` is runs of one size. */
export function againstSize(
  places: readonly Observed[],
  measure: SizeMeasureName,
): (SizePoint & { readonly sample: Sample })[] {
  const { sampleOf }: ShareMeasure = shareMeasures[measure]
  return places
    .map((data) => ({ nodes: networkSize(data), sample: sampleOf(trace(data), data) }))
    .sort((a, b) => a.nodes - b.nodes)
}

/**
 * Nodes of each network that data is of, those that run no program included.
 *
 * @throws RangeError where its networks differ in size, or there are none.
 */
export function networkSize({ records }: Pick<Observed, 'records'>): number {
  const sizes = new Set(records.map(({ spec }) => nodeCount(spec)))
  const [size] = sizes
  if (size === undefined || sizes.size > 1)
    throw new RangeError(
      `networks of ${[...sizes].join(' and ') || 'no'} nodes in one place; load the runs of each size by themselves`,
    )
  return size
}

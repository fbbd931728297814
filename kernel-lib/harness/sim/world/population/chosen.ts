import { seededRandom } from '@hoplab/sdk'
import type { Ranges } from './ranges.ts'

/** Nodes that something happens to, by their positions. */
export interface Chosen {
  has(seq: number): boolean
}

/** Which nodes of the population a partition or an outage takes. */
export interface Cut {
  readonly groups: readonly string[]
  /** Null takes the groups. */
  readonly share: number | null
}

/** Instances that are chosen, and those of the population besides: by their groups, or each by a draw of its own. */
export function chosenWith(
  instances: ReadonlySet<number>,
  ranges: Ranges,
  drawing: Cut & { readonly seed: number; readonly stream: string },
): Chosen {
  if (ranges.all.length === 0) return instances
  const { groups, share, seed, stream } = drawing
  const drawn = new Map<number, boolean>()
  const isDrawn = (seq: number): boolean => {
    const known = drawn.get(seq) ?? seededRandom(seed, `${stream}:${seq}`).float() < (share ?? 0)
    drawn.set(seq, known)
    return known
  }
  const isOne = (seq: number): boolean =>
    share === null ? groups.includes(ranges.at(seq)?.group.id ?? '') : isDrawn(seq)
  return { has: (seq) => (seq <= ranges.instances ? instances.has(seq) : isOne(seq)) }
}

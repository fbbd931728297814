import { seededRandom } from '@hoplab/sdk'
import type { RunSpec } from '../../../../composition/spec.ts'
import type { Outage, Partition } from '../../../../composition/world/topology.ts'
import type { Moments } from '../moments.ts'
import type { Site } from '../place/places.ts'
import { type Chosen, chosenWith } from '../population/chosen.ts'
import type { Ranges } from '../population/ranges.ts'
import type { VirtualTime } from '../time/virtual-time.ts'

/** What of the network is down at the moment. */
export interface Cuts {
  /** Whether nothing passes between two instances. */
  between(a: number, b: number): boolean
}

interface CutParts {
  /** Those of the instances. */
  readonly sites: readonly Site[]
  readonly ranges: Ranges
  readonly time: VirtualTime
  readonly moments: Moments
  /** Told when something is cut and when it heals, and which instances are. */
  readonly onChange: (event: 'partitioned' | 'healed' | 'link-down' | 'link-up', seqs: ReadonlySet<number>) => void
}

/** Carries out the partitions and outages of a spec. */
export function cutsOf({ topology, seed }: RunSpec, { sites, ranges, time, moments, onChange }: CutParts): Cuts {
  const sides = new Set<Chosen>()
  const down = new Set<Chosen>()

  function partition(one: Partition, at: number): void {
    const stream = `partition:${at}`
    const seqs = chosen(sites, one, stream)
    const side = chosenWith(seqs, ranges, { ...one, seed, stream })
    sides.add(side)
    onChange('partitioned', seqs)
    if (one.forMs === null) return
    time.after(one.forMs, () => {
      sides.delete(side)
      onChange('healed', seqs)
    })
  }

  function outage(one: Outage, at: number, round: number): void {
    const stream = `outage:${at}:${round}`
    const seqs = chosen(sites, one, stream)
    const links = chosenWith(seqs, ranges, { ...one, seed, stream })
    down.add(links)
    onChange('link-down', seqs)
    if (one.forMs !== null)
      time.after(one.forMs, () => {
        down.delete(links)
        onChange('link-up', seqs)
      })
    if (one.everyMs !== null) time.after(one.everyMs, () => outage(one, at, round + 1))
  }

  function chosen(all: readonly Site[], { groups, share }: Partition | Outage, stream: string): ReadonlySet<number> {
    if (share === null) return new Set(all.filter(({ group }) => groups.includes(group.id)).map(({ seq }) => seq))
    const drawn = seededRandom(seed, stream).shuffle(all.map(({ seq }) => seq))
    return new Set(drawn.slice(0, Math.round(share * all.length)))
  }

  for (const [at, one] of topology.partitions.entries()) moments.at(one.from, () => partition(one, at))
  for (const [at, one] of topology.outages.entries()) moments.at(one.from, () => outage(one, at, 0))

  return {
    between(a, b) {
      for (const side of sides) if (side.has(a) !== side.has(b)) return true
      for (const links of down) if (links.has(a) || links.has(b)) return true
      return false
    },
  }
}

import { seededRandom } from '@hoplab/sdk'
import type { RunSpec } from '../../../../composition/spec.ts'
import { drawMs } from '../chance/draw.ts'
import { isOpenTo, type Site } from '../place/places.ts'
import { doorsOf } from '../population/doors.ts'
import type { VirtualTime } from '../time/virtual-time.ts'

/** Who can begin a connection to whom. */
export interface Gates {
  admits(from: Site, to: Site): boolean
}

/** Carries out the reach of a spec's groups: translators, shares of peers whose dials are taken, and times at which none is. */
export function gatesOf({ seed }: RunSpec, sites: readonly Site[], time: VirtualTime): Gates {
  const shut = new Set<number>()
  const instances = new Set(sites.map(({ seq }) => seq))
  const doors = doorsOf(seed, time)
  for (const site of sites) alternate(site)

  function alternate({ seq, group: { reach } }: Site): void {
    const { openMs, closedMs } = reach
    if (openMs === null || closedMs === null) return
    const random = seededRandom(seed, `reach:${seq}`)
    const open = (): void => {
      shut.delete(seq)
      time.after(drawMs(openMs, random), close)
    }
    const close = (): void => {
      shut.add(seq)
      time.after(drawMs(closedMs, random), open)
    }
    open()
  }

  const isShut = (site: Site): boolean => (instances.has(site.seq) ? shut.has(site.seq) : doors.isShut(site))

  return {
    admits: (from, to) => isOpenTo(from, to) && !isShut(to) && takes(from, to),
  }

  function takes(from: Site, { seq, group }: Site): boolean {
    const { acceptsShare } = group.reach
    return acceptsShare >= 1 || seededRandom(seed, `accepts:${seq}:${from.seq}`).float() < acceptsShare
  }
}

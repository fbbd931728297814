import { type Random, seededRandom } from '@hoplab/sdk'
import type { Duration } from '../../../../composition/world/duration.ts'
import { drawMs } from '../chance/draw.ts'
import type { Site } from '../place/places.ts'
import type { VirtualTime } from '../time/virtual-time.ts'

/** When nodes of the population take dials: functions of the seed and their positions, read as time goes on. */
export interface Doors {
  /** Whether it takes no dials now. */
  isShut(site: Site): boolean
}

interface Door {
  readonly random: Random
  shut: boolean
  /** When it opens or shuts next, ms. */
  changeMs: number
}

/** A change takes no less. ms */
const leastMs = 0.001

/** The doors of nodes that take dials at times, each open when the run begins. */
export function doorsOf(seed: number, time: VirtualTime): Doors {
  const known = new Map<number, Door>()

  function doorOf(seq: number, openMs: Duration): Door {
    const random = seededRandom(seed, `reach:${seq}`)
    const door = { random, shut: false, changeMs: drawMs(openMs, random) }
    known.set(seq, door)
    return door
  }

  return {
    isShut({ seq, group: { reach } }) {
      const { openMs, closedMs } = reach
      if (openMs === null || closedMs === null) return false
      const door = known.get(seq) ?? doorOf(seq, openMs)
      while (door.changeMs <= time.nowMs) {
        door.shut = !door.shut
        door.changeMs += Math.max(leastMs, drawMs(door.shut ? closedMs : openMs, door.random))
      }
      return door.shut
    },
  }
}

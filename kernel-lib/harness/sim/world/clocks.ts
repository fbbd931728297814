import { type Clock, machineClock, seededRandom } from '@hoplab/sdk'
import { drawMs } from './chance/draw.ts'
import type { Site } from './place/places.ts'
import { epochMs } from './time/epoch.ts'

/** The clock that an instance reads: the run's, or one that is off and runs too fast or too slow. What it sleeps is the run's time. */
export function clockOf({ seq, group: { clock } }: Site, seed: number): Clock {
  if (clock === null) return machineClock
  const skewMs = clock.skewMs === null ? 0 : drawMs(clock.skewMs, seededRandom(seed, `clock:${seq}`))
  const rate = 1 + clock.driftPpm / 1e6
  return {
    now: () => epochMs + skewMs + (machineClock.now() - epochMs) * rate,
    sleep: machineClock.sleep,
  }
}

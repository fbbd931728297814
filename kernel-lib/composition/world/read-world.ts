import { type Problem, unknownName } from '../problems.ts'
import type { Reader } from '../reader.ts'
import type { GroupWorld, OwnClock } from './life.ts'
import { readDuration } from './read-duration.ts'
import { readLife } from './read-life.ts'
import { readReach } from './read-reach.ts'

/** What a group's world is read beside. */
export interface WorldOptions {
  /** Names of the network's regions; null where it has none. */
  readonly regions: readonly string[] | null
  readonly problems: Problem[]
}

/** Reads `region`, `reach`, `life` and `clock` of a group. */
export function readWorld(group: Reader, { regions, problems }: WorldOptions): GroupWorld {
  return {
    region: readRegion(group, { regions, problems }),
    reach: readReach(group, problems),
    life: readLife(group, problems),
    clock: readClock(group, problems),
  }
}

function readRegion(group: Reader, { regions, problems }: WorldOptions): string {
  const region = group.text('region') ?? ''
  const where = group.where('region')
  if (region !== '' && regions === null)
    problems.push({ where, what: `is "${region}", and the network has no regions; write [network.regions] too` })
  if (region !== '' && regions !== null && !regions.includes(region))
    problems.push({
      where,
      ...unknownName(`region "${region}"`, region, { names: regions, of: 'regions of the network' }),
    })
  return region
}

function readClock(group: Reader, problems: Problem[]): OwnClock | null {
  const read = group.inner('clock')
  if (read === undefined) return null
  const clock = {
    skewMs: readDuration(read, 'skew_ms', { least: 'any', problems }),
    driftPpm: read.number('drift_ppm', { min: -100_000, max: 100_000 }) ?? 0,
  }
  problems.push(...read.unknown())
  return clock.skewMs === null && clock.driftPpm === 0 ? null : clock
}

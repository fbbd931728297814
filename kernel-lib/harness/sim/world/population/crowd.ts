import type { Population } from '@hoplab/sdk'
import type { RunSpec } from '../../../../composition/spec.ts'
import { membersOf } from '../../../instances/members.ts'
import type { Moments } from '../moments.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import { populationOf } from './population.ts'
import { presenceOf } from './presence.ts'
import { type Ranges, rangesOf } from './ranges.ts'
import { type Residents, residentsOf } from './residents.ts'

/** The nodes of a network that run no program, before one of them is made. */
export interface Crowd {
  readonly ranges: Ranges
  readonly residents: Residents
  /** Null where the network begins cold. */
  readonly population: Population | null
}

interface CrowdParts {
  readonly time: VirtualTime
  readonly moments: Moments
  /** File of the nodes' identities; null where the network begins cold. */
  readonly identities: string | null
  /** When an instance that runs came up last, by its position, ms; null for one that does not run. */
  readonly runningSinceMs: (seq: number) => number | null
}

/** The crowd of a spec. */
export function crowdOf(spec: RunSpec, { time, moments, identities, runningSinceMs }: CrowdParts): Crowd {
  const ranges = rangesOf(spec)
  const presence = presenceOf(spec, { time, moments })
  const { start } = spec
  return {
    ranges,
    residents: residentsOf(spec, { ranges, presence }),
    population:
      start === null || identities === null
        ? null
        : populationOf({ ranges, presence, start, identities, instances: membersOf(spec), runningSinceMs }),
  }
}

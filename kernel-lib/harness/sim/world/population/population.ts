import type { Population, Resident, TableStart } from '@hoplab/sdk'
import type { Member } from '../../../instances/members.ts'
import { addressOf } from '../address.ts'
import { epochMs } from '../time/epoch.ts'
import type { Presence } from './presence.ts'
import type { Ranges } from './ranges.ts'

interface PopulationParts {
  readonly ranges: Ranges
  readonly presence: Presence
  readonly start: TableStart
  readonly identities: string
  readonly instances: readonly Member[]
  /** When an instance that runs came up last, by its position, ms of virtual time; null for one that does not run. */
  readonly runningSinceMs: (seq: number) => number | null
}

/** A network's nodes as a program sees them. */
export function populationOf(parts: PopulationParts): Population {
  const { ranges, presence, start, identities, instances, runningSinceMs } = parts

  function memberAt(seq: number): Member {
    const member = instances[seq - 1] ?? ranges.at(seq)
    if (member === null)
      throw new RangeError(`population: there is no node ${seq}; write a whole number from 1 to ${ranges.last}`)
    return member
  }

  const sinceMs = (seq: number): number | null =>
    seq <= ranges.instances ? runningSinceMs(seq) : presence.upSinceMs(memberAt(seq))

  return {
    size: ranges.last,
    start,
    identities,
    at: (seq) => residentOf(memberAt(seq)),
    isUp: (seq) => sinceMs(seq) !== null,
    upSinceMs(seq) {
      const ms = sinceMs(seq)
      return ms === null ? null : epochMs + ms
    },
  }
}

function residentOf({ seq, group, index }: Member): Resident {
  const { id, role, params, reach } = group
  return { seq, group: id, index, role, params, address: addressOf(seq), reachable: reach.nat === 'none' }
}

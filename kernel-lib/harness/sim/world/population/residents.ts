import type { RunSpec } from '../../../../composition/spec.ts'
import { addressOf, seqOf } from '../address.ts'
import { type Host, machineAt } from '../network/host.ts'
import type { Lifeline } from './lifeline.ts'
import type { Presence } from './presence.ts'
import type { Ranges } from './ranges.ts'
import { populationSites } from './sites.ts'

/** The machine of a node of the population: up and down by the node's life alone. */
export interface ResidentHost extends Host {
  /** The node's life, read up to now. */
  readonly life: () => Lifeline
}

/** Machines of the population, each made when it is first asked for. */
export interface Residents {
  /** The machine with an address, if it is one of theirs. */
  at(address: string): ResidentHost | undefined
  /** Whether a machine is one of theirs. */
  has(host: Host): host is ResidentHost
}

interface ResidentsParts {
  readonly ranges: Ranges
  readonly presence: Presence
}

/** The machines of a spec's population, of which nobody has asked for one yet. */
export function residentsOf(spec: RunSpec, { ranges, presence }: ResidentsParts): Residents {
  const known = new Map<number, ResidentHost>()
  const siteOf = populationSites(spec, ranges)

  function made(seq: number): ResidentHost | undefined {
    const member = ranges.at(seq)
    if (member === null) return undefined
    const life = presence.follow(member)
    const { silent } = member.group.life
    const host: ResidentHost = {
      ...machineAt(siteOf(member), addressOf(seq)),
      life,
      get up() {
        return life().up
      },
      get silent() {
        return silent && life().begun && !life().up
      },
    }
    known.set(seq, host)
    return host
  }

  return {
    at(address) {
      const seq = seqOf(address)
      return seq === null ? undefined : (known.get(seq) ?? made(seq))
    },
    has: (host): host is ResidentHost => known.get(host.site.seq) === host,
  }
}

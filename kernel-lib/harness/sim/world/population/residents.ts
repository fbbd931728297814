import type { RunSpec } from '../../../../composition/spec.ts'
import { addressOf, seqOf } from '../address.ts'
import { firstPort, type Host, nameOf } from '../network/host.ts'
import type { Site } from '../place/places.ts'
import type { Lifeline } from './lifeline.ts'
import type { Presence } from './presence.ts'
import type { Ranges } from './ranges.ts'
import { populationSites } from './sites.ts'

/** The machine of a node of the population: up and down by the node's life alone. A class, for objects that have accessors of their own take a kilobyte more. */
export class ResidentHost implements Host {
  readonly site: Site
  readonly name: string
  readonly address: string
  /** The node's life, read up to now. */
  readonly life: () => Lifeline
  readonly listeners: Host['listeners'] = new Map()
  readonly ends: Host['ends'] = new Set()
  freeMs = 0
  nextPort = firstPort

  constructor(site: Site, life: () => Lifeline) {
    this.site = site
    this.name = nameOf(site)
    this.address = addressOf(site.seq)
    this.life = life
  }

  get up(): boolean {
    return this.life().up
  }

  get silent(): boolean {
    const { up, begun } = this.life()
    return begun && !up && this.site.group.life.silent
  }
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
    const host = new ResidentHost(siteOf(member), presence.follow(member))
    known.set(seq, host)
    return host
  }

  return {
    at(address) {
      const seq = seqOf(address)
      return seq === null ? undefined : (known.get(seq) ?? made(seq))
    },
    has: (host) => host instanceof ResidentHost,
  }
}

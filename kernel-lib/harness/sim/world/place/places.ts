import { seededRandom } from '@hoplab/sdk'
import type { GroupSpec, RunSpec } from '../../../../composition/spec.ts'
import { membersOf } from '../../../instances/members.ts'

/** Where an instance stands in the simulated network. */
export interface Site {
  readonly seq: number
  readonly group: GroupSpec
  readonly index: number
  /** Row of the topology's regions; 0 where there are none. */
  readonly region: number
  /** Routers between it and the public network, outermost first. */
  readonly routers: readonly Router[]
}

/** An address translator: what is behind it reaches out, and is reached only from behind it. */
export interface Router {
  readonly name: string
  /** What the others see as the address of whatever is behind it. */
  readonly address: string
}

/** The site of every instance of a spec, in the order of their positions. */
export function sitesOf(spec: RunSpec): readonly Site[] {
  const routers = new Map<string, Router>()
  const router = (name: string): Router => {
    const known = routers.get(name) ?? { name, address: routerAddress(routers.size + 1) }
    routers.set(name, known)
    return known
  }
  return membersOf(spec).map(({ group, index, seq }) => ({
    seq,
    group,
    index,
    region: regionOf(spec, group, seq),
    routers: routerNames(group, index).map(router),
  }))
}

/** Row of the regions that a node stands in: its group's, or one that it is dealt to. */
export function regionOf({ topology: { regions }, seed }: RunSpec, { region }: GroupSpec, seq: number): number {
  if (regions === null) return 0
  if (region !== '') return regions.names.indexOf(region)
  let rest = seededRandom(seed, `region:${seq}`).float()
  const found = regions.shares.findIndex((share) => {
    rest -= share
    return rest < 0
  })
  return found === -1 ? regions.names.length - 1 : found
}

/** Names of the routers of a node, outermost first. Those of a group share routers by `behind`; all second routers of a group are behind one of their provider's. */
export function routerNames({ id, reach: { nat, behind } }: GroupSpec, index: number): readonly string[] {
  if (nat === 'none') return []
  const home = `${id}/home-${Math.floor(index / behind)}`
  return nat === 'single' ? [home] : [`${id}/provider`, home]
}

/** Address of the router with a number from 1: of 100.64.0.0/10, which is kept for translators (RFC 6598). */
export function routerAddress(number: number): string {
  return `100.${64 + ((number >> 16) & 63)}.${(number >> 8) & 255}.${number & 255}`
}

/** Whether whatever leaves `from` can begin a connection to `to`: it stands behind every router that `to` stands behind. */
export function isOpenTo(from: Site, to: Site): boolean {
  return to.routers.every(({ name }, at) => from.routers[at]?.name === name)
}

/** The router whose address `to` sees for `from`; null where it sees its own. */
export function seenThrough(from: Site, to: Site): Router | null {
  return from.routers.find(({ name }, at) => to.routers[at]?.name !== name) ?? null
}

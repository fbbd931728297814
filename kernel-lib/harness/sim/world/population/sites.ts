import { programGroups } from '../../../../composition/groups.ts'
import type { GroupSpec, RunSpec } from '../../../../composition/spec.ts'
import type { Member } from '../../../instances/members.ts'
import { type Router, regionOf, routerAddress, routerNames, type Site } from '../place/places.ts'
import type { Ranges } from './ranges.ts'

/** Where nodes of the population stand: as instances do, each a function of the seed and its position, so that none need be known before it is asked for. */
export function populationSites(spec: RunSpec, { all }: Ranges): (member: Member) => Site {
  const firstRouter = new Map<GroupSpec, number>()
  let routers = programGroups(spec).reduce((sum, group) => sum + routerCount(group), 0)
  for (const { group } of all) {
    firstRouter.set(group, routers + 1)
    routers += routerCount(group)
  }

  function routersOf({ group, index }: Member): readonly Router[] {
    const first = firstRouter.get(group) as number
    const home = Math.floor(index / group.reach.behind)
    const names = routerNames(group, index)
    // A provider's router, where there is one, is the group's first.
    return names.map((name, at) => ({
      name,
      address: routerAddress(first + (at === names.length - 1 ? home + names.length - 1 : 0)),
    }))
  }

  return (member) => ({
    ...member,
    region: regionOf(spec, member.group, member.seq),
    routers: routersOf(member),
  })
}

/** Routers of a group. */
function routerCount({ count, reach: { nat, behind } }: GroupSpec): number {
  if (nat === 'none') return 0
  return Math.ceil(count / behind) + (nat === 'double' ? 1 : 0)
}

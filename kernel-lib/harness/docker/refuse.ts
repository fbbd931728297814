import { availableParallelism } from 'node:os'
import type { Packaging } from '../../composition/packaging/packaging.ts'
import type { RunSpec } from '../../composition/spec.ts'
import type { Plan } from '../harness.ts'
import { refuseGroup } from '../instances/refuse-group.ts'
import { refuseSize } from '../instances/refuse-size.ts'
import { refuseWarm } from '../instances/refuse-warm.ts'
import { refuseWorld } from '../instances/refuse-world.ts'
import { refuseImages } from './builders/images.ts'
import { expectedMb, mostContainers, refuseResources } from './limits.ts'
import { refusePods } from './pods/refuse.ts'
import { readSettings } from './settings.ts'

/** What of the spec containers on this machine cannot give, each as `where: what; what to write instead`. */
export function refuse(spec: RunSpec, plan: Plan, packaging: Packaging): readonly string[] {
  return [
    ...refuseImages({ groups: spec.groups, plan, packaging }),
    ...spec.groups.flatMap((group, at) => refuseGroup(group, { at, plan, packaging, runner: 'docker' })),
    ...refuseWorld(spec, 'docker'),
    ...refuseWarm(spec, 'docker'),
    ...readSettings(packaging.settings).refused,
    ...refusePods(spec, packaging),
    ...spec.groups.flatMap(({ id }) => refuseGroupResources(id, packaging)),
    ...refuseSize(spec, {
      eachMb: expectedMb(plan.manifest),
      most: mostContainers,
      whyMost: `a bridge carries ${mostContainers} containers`,
    }),
  ]
}

function refuseGroupResources(id: string, { groups }: Packaging): readonly string[] {
  const resources = groups[id]?.resources
  if (resources === undefined) return []
  return refuseResources(resources, availableParallelism()).map((line) => `group "${id}".resources.${line}`)
}

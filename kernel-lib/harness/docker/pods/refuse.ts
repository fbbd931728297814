import { instanceCount } from '../../../composition/groups.ts'
import type { Packaging } from '../../../composition/packaging/packaging.ts'
import type { RunSpec } from '../../../composition/spec.ts'
import { mostControlled } from '../network/subnets.ts'
import { readSettings } from '../settings.ts'

/** What instances that share a container cannot be given, each as `where: what; what to write instead`. */
export function refusePods(spec: RunSpec, packaging: Packaging): readonly string[] {
  const { settings } = readSettings(packaging.settings)
  if (settings.instancesPerContainer === 1) return []
  const count = instanceCount(spec)
  return [
    ...spec.groups.flatMap(({ id }) => refuseGroup(id, packaging)),
    ...(Object.keys(settings.ports).length > 0 ? ['instances that share a container publish no exposed_ports'] : []),
    ...(count > mostControlled
      ? [`at most ${mostControlled} instances can share containers, and there are ${count}`]
      : []),
  ].map((what) => `docker.instances_per_container: ${what}; write 1, or leave it out`)
}

function refuseGroup(id: string, { groups }: Packaging): readonly string[] {
  const { builder = null, resources } = groups[id] ?? {}
  return [
    ...(builder?.startsWith('docker:')
      ? [
          `group "${id}" is built by ${builder}, whose images run as a user of their own, and what shares a container runs as yours`,
        ]
      : []),
    ...(resources !== undefined && resources.cpus !== null
      ? [
          `group "${id}" asks for ${resources.cpus} processors, which instances that share a container are not given one by one`,
        ]
      : []),
  ]
}

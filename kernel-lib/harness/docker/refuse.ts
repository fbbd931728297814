import type { Packaging } from '../../composition/packaging/packaging.ts'
import type { RunSpec } from '../../composition/spec.ts'
import type { Plan } from '../harness.ts'
import { refuseGroup } from '../instances/refuse-group.ts'
import { freeMemoryMb } from '../machine/memory.ts'
import { expectedMb, mostContainers } from './limits.ts'
import { programIn } from './program.ts'

/** What of the spec containers on this machine cannot give, each as `where: what; what to write instead`. */
export function refuse(spec: RunSpec, plan: Plan, packaging: Packaging): readonly string[] {
  return [
    ...refuseProgram(plan),
    ...refuseNetwork(spec),
    ...spec.groups.flatMap((group, at) => refuseGroup(group, { at, plan, packaging, runner: 'docker' })),
    ...refuseSize(spec, expectedMb(plan.manifest), freeMemoryMb()),
  ]
}

function refuseProgram(plan: Plan): readonly string[] {
  const found = programIn(plan)
  return 'refused' in found ? [`plan ${plan.manifest.name}: ${found.refused}`] : []
}

function refuseNetwork({ network }: RunSpec): readonly string[] {
  if (network === null) return []
  const shape = Object.entries(network).map(([name, value]) => `${name} ${value}`)
  return [`network: docker cannot shape links yet (${shape.join(', ')}); remove the network`]
}

/** Refuses more instances than a network carries or memory holds, in numbers. */
export function refuseSize(spec: RunSpec, eachMb: number, freeMb: number): readonly string[] {
  const count = spec.groups.reduce((sum, group) => sum + group.count, 0)
  const fit = Math.min(mostContainers, Math.floor(freeMb / eachMb))
  if (count <= fit) return []
  const why =
    count > mostContainers
      ? `a bridge carries ${mostContainers} containers`
      : `${count} containers of ${eachMb} MB take ${count * eachMb} MB, ${Math.floor(freeMb)} MB are free`
  return [`groups: ${why}; write counts that sum to at most ${fit}`]
}

import type { GroupDraft, StartDraft } from '../draft.ts'
import { noResources } from '../packaging/resources.ts'
import type { Problem } from '../problems.ts'

/** What is wrong with groups that run no program: a network is warm that has them, somebody asks in it, and what an instance alone can have they have not. */
export function checkPopulation(groups: readonly GroupDraft[], start: StartDraft | null): readonly Problem[] {
  const population = groups.filter(({ program }) => !program)
  const nobodyRuns = groups.length > 0 && population.length === groups.length
  return [
    ...(nobodyRuns
      ? [{ where: 'groups', what: 'none runs the program; write one with count = 5 and without program = false' }]
      : []),
    ...population.flatMap((group) => [...(start === null ? [cold(group)] : []), ...ofInstancesAlone(group)]),
  ]
}

function cold({ where }: GroupDraft): Problem {
  return {
    where: `${where}.program`,
    what: 'is false in a network that begins cold, where every node runs the program to join; write [start] with tables = "kademlia" too, or remove it',
  }
}

function ofInstancesAlone({ where, clock, life, version, build, resources }: GroupDraft): readonly Problem[] {
  const { memoryBytes, cpus } = resources
  const bounded = memoryBytes !== noResources.memoryBytes || cpus !== noResources.cpus
  const said: readonly (readonly [key: string, isSaid: boolean, why: string])[] = [
    ['clock', clock !== null, 'has the clock of the network'],
    ['life.new_address', life.newAddress, 'keeps its address'],
    ['version', version !== '', 'is of the version that the instances are of'],
    ['builder', build.builder !== null, 'is of what the instances are of'],
    ['build', build.selectors.length + build.dependencies.length > 0, 'is of what the instances are of'],
    ['resources', bounded, 'has no process of its own'],
  ]
  return said
    .filter(([, isSaid]) => isSaid)
    .map(([key, , why]) => ({ where: `${where}.${key}`, what: `a node that runs no program ${why}; remove it` }))
}

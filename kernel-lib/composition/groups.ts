import type { GroupSpec, RunSpec } from './spec.ts'

type Groups = Pick<RunSpec, 'groups'>

/** Groups whose nodes run the program: instances, each with an outcome and a folder. In the spec's order. */
export function programGroups({ groups }: Groups): readonly GroupSpec[] {
  return groups.filter(({ program }) => program)
}

/** Groups whose nodes are of the population alone. In the spec's order. */
export function populationGroups({ groups }: Groups): readonly GroupSpec[] {
  return groups.filter(({ program }) => !program)
}

/** Instances of a run: nodes that run the program. */
export function instanceCount(spec: Groups): number {
  return countOf(programGroups(spec))
}

/** Nodes of a run's network: its instances, and those of the population that run no program. */
export function nodeCount({ groups }: Groups): number {
  return countOf(groups)
}

function countOf(groups: readonly GroupSpec[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0)
}

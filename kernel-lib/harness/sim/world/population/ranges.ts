import { instanceCount, nodeCount, populationGroups } from '../../../../composition/groups.ts'
import type { GroupSpec, RunSpec } from '../../../../composition/spec.ts'
import type { Member } from '../../../instances/members.ts'

/** Positions of the nodes of one group, in a row. */
export interface Range {
  readonly group: GroupSpec
  /** Position of the first, from 1. */
  readonly first: number
}

/** The nodes of a network that run no program, by their positions. */
export interface Ranges {
  /** Position of the last instance; those of the population follow. */
  readonly instances: number
  /** Position of the last node. */
  readonly last: number
  readonly all: readonly Range[]
  /** Null for a position of an instance, or of nobody. */
  at(seq: number): Member | null
}

/** Positions of a spec's population: it follows the instances, in the order of the spec. */
export function rangesOf(spec: Pick<RunSpec, 'groups'>): Ranges {
  const instances = instanceCount(spec)
  let next = instances + 1
  const all = populationGroups(spec).map((group) => {
    const first = next
    next += group.count
    return { group, first }
  })
  return {
    instances,
    last: nodeCount(spec),
    all,
    at(seq) {
      const range = all.find(({ group, first }) => seq >= first && seq < first + group.count)
      return range === undefined ? null : { group: range.group, index: seq - range.first, seq }
    },
  }
}

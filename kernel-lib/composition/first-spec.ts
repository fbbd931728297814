import type { SecondSpec } from './second-spec.ts'
import type { GroupWorld } from './world/life.ts'
import { plainTopology, plainWorld } from './world/plain.ts'

/** A spec before topologies and groups' worlds, as runs recorded it. */
export interface FirstSpec extends Omit<SecondSpec, 'schema' | 'groups' | 'topology'> {
  readonly schema: 'hoplab/spec/1'
  readonly groups: readonly Omit<SecondSpec['groups'][number], keyof GroupWorld>[]
}

/** A first spec as a second: its world is plain. */
export function fromFirst(spec: FirstSpec): SecondSpec {
  const groups = spec.groups.map((group) => ({ ...group, ...plainWorld }))
  return { ...spec, schema: 'hoplab/spec/2', groups, topology: plainTopology }
}

/** The spec without what a first one did not have; null where that is not plain. */
export function firstSpec({ topology, ...spec }: SecondSpec): FirstSpec | null {
  if (!isPlain(topology, plainTopology)) return null
  if (!spec.groups.every(({ region, reach, life, clock }) => isPlain({ region, reach, life, clock }, plainWorld)))
    return null
  const groups = spec.groups.map(({ region: _, reach: __, life: ___, clock: ____, ...group }) => group)
  return { ...spec, schema: 'hoplab/spec/1', groups }
}

/** Whether two values hold the same in the same fields, in any order. */
function isPlain(value: unknown, plain: unknown): boolean {
  if (typeof value !== 'object' || value === null || typeof plain !== 'object' || plain === null) return value === plain
  const [own, others] = [Object.entries(value), new Map(Object.entries(plain))]
  return own.length === others.size && own.every(([key, item]) => others.has(key) && isPlain(item, others.get(key)))
}

import type { GroupSpec, RunSpec } from '../../../../kernel-lib/composition/spec.ts'
import type { WarmStart } from '../../../../kernel-lib/composition/start/start.ts'
import type { Life, Reach } from '../../../../kernel-lib/composition/world/life.ts'
import { plainLife, plainReach, plainTopology, plainWorld } from '../../../../kernel-lib/composition/world/plain.ts'
import type { Topology } from '../../../../kernel-lib/composition/world/topology.ts'

/** What of a group a test says. */
export interface GroupWords extends Partial<Pick<GroupSpec, 'region' | 'count' | 'program' | 'clock'>> {
  readonly reach?: Partial<Reach>
  readonly life?: Partial<Life>
}

/** What of a spec is not plain beside its groups. */
interface SpecWords {
  readonly topology?: Partial<Topology>
  readonly start?: WarmStart | null
  readonly seed?: number
}

/** A spec with these groups and nothing else that is not plain. */
export function specOf(
  groups: Readonly<Record<string, GroupWords>>,
  { topology = {}, start = null, seed = 1 }: SpecWords = {},
): RunSpec {
  return {
    schema: 'hoplab/spec/4',
    plan: 'toy',
    case: 'ok',
    seed,
    groups: Object.entries(groups).map(([id, { reach = {}, life = {}, ...words }]) => ({
      ...plainWorld,
      id,
      count: 1,
      program: true,
      role: '',
      version: '',
      params: {},
      ...words,
      reach: { ...plainReach, ...reach },
      life: { ...plainLife, ...life },
    })),
    network: null,
    topology: { ...plainTopology, ...topology },
    start,
    timeoutMs: 60_000,
  }
}

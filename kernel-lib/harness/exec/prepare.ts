import type { RunSpec } from '../../composition/spec.ts'
import type { PrepareOptions } from '../harness.ts'
import { checkRedis } from '../redis/check.ts'
import { artifactsOf } from './artifacts.ts'
import { findWay, wantsNamespace } from './namespace/way.ts'

/**
 * Builds the programs of the groups, and looks at what they need.
 *
 * @throws AbsentError where this machine lacks something, InputError where the sources cannot be built.
 */
export async function prepare(spec: RunSpec, options: PrepareOptions): Promise<void> {
  tellUnbounded(spec, options)
  const artifacts = [...(await artifactsOf(spec, options)).values()]
  if (artifacts.some(({ opensPorts }) => opensPorts) && wantsNamespace()) await findWay()
  if (artifacts.some(({ redis }) => redis)) await checkRedis()
}

/** Processes take what they want: resources bound containers alone. */
function tellUnbounded({ groups }: RunSpec, { packaging, onNotice }: PrepareOptions): void {
  const bounded = groups.filter(({ id }) => {
    const { memoryBytes = null, cpus = null } = packaging.groups[id]?.resources ?? {}
    return memoryBytes !== null || cpus !== null
  })
  const ids = bounded.map(({ id }) => id).join(', ')
  if (ids !== '') onNotice(`runner exec holds no instance to its resources: those of ${ids} are passed over`)
}

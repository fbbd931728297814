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
  const artifacts = [...(await artifactsOf(spec, options)).values()]
  if (artifacts.some(({ opensPorts }) => opensPorts) && wantsNamespace()) await findWay()
  if (artifacts.some(({ redis }) => redis)) await checkRedis()
}

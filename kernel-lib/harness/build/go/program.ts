import type { Build } from '../../../composition/packaging/packaging.ts'
import { InputError } from '../../../errors.ts'
import type { PrepareOptions } from '../../harness.ts'
import { buildGo, type GoProgram } from './build.ts'
import { goOrder } from './order.ts'

/**
 * The Go program of a plan, built as a group of it asks; says so where that takes time.
 *
 * @throws AbsentError where there is no `go`, InputError where the plan cannot be built so.
 */
export async function goProgram(
  build: Build,
  { plan, signal, onNotice }: Omit<PrepareOptions, 'packaging'>,
): Promise<GoProgram> {
  const found = goOrder(plan.folder, build)
  if ('refused' in found) throw new InputError(found.refused.map((line) => `builder exec:go: ${line}`).join('\n'))
  const { pkg, modfile, tags, replaced } = found.order
  const how = [pkg, modfile, ...tags, ...replaced].filter((word) => word !== '.' && word !== 'go.mod').join(', ')
  const onBuild = (): void => onNotice(`builds ${plan.manifest.name} with go${how === '' ? '' : ` (${how})`}`)
  return buildGo(found.order, { signal, onBuild })
}

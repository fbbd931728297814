import type { RunSpec } from './spec.ts'
import type { WarmStart } from './start/start.ts'

/** A spec before tables told their neighbourhood apart, as runs recorded it. */
export interface ThirdSpec extends Omit<RunSpec, 'schema' | 'start'> {
  readonly schema: 'hoplab/spec/3'
  readonly start: Omit<WarmStart, 'neighbourhood'> | null
}

/** A third spec as a fourth: its tables hold of their owners' neighbourhood what they happen to. */
export function fromThird({ start, ...spec }: ThirdSpec): RunSpec {
  return { ...spec, schema: 'hoplab/spec/4', start: start === null ? null : { ...start, neighbourhood: null } }
}

/** The spec without what a third one did not have; null where it says something there. */
export function thirdSpec({ start, ...spec }: RunSpec): ThirdSpec | null {
  if (start === null) return { ...spec, schema: 'hoplab/spec/3', start }
  const { neighbourhood, ...told } = start
  return neighbourhood === null ? { ...spec, schema: 'hoplab/spec/3', start: told } : null
}

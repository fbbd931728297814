import { type FirstSpec, firstSpec, fromFirst } from './first-spec.ts'
import { fromSecond, type SecondSpec, secondSpec } from './second-spec.ts'
import type { RunSpec } from './spec.ts'
import { fromThird, type ThirdSpec, thirdSpec } from './third-spec.ts'

/** A spec of any schema, as records hold it. */
export type AnySpec = RunSpec | ThirdSpec | SecondSpec | FirstSpec

/** Schemas of specs that records hold, the earliest first. */
export const specSchemas: readonly unknown[] = [
  'hoplab/spec/1',
  'hoplab/spec/2',
  'hoplab/spec/3',
  'hoplab/spec/4',
] satisfies readonly AnySpec['schema'][]

/** A spec of any schema as one of this version: what was not there is plain. */
export function currentSpec(spec: AnySpec): RunSpec {
  if (spec.schema === 'hoplab/spec/4') return spec
  if (spec.schema === 'hoplab/spec/3') return fromThird(spec)
  return fromThird(fromSecond(spec.schema === 'hoplab/spec/2' ? spec : fromFirst(spec)))
}

/** The spec in the earliest schema that can tell all of it: what it says that is plain is left out. */
export function earliestSpec(spec: RunSpec): AnySpec {
  const third = thirdSpec(spec)
  if (third === null) return spec
  const second = secondSpec(third)
  return second === null ? third : (firstSpec(second) ?? second)
}

import type { Given } from '../params.ts'
import { shown } from '../params.ts'
import type { Problem } from '../problems.ts'
import type { Reader } from '../reader.ts'

export type GivenParams = ReadonlyMap<string, Given>

/** Reads `test_params` of a table: text by format, other plain values as if they had been written so. Empty text is as if it were not there. */
export function readTestParams(read: Reader | undefined, problems: Problem[]): GivenParams {
  const where = read?.where('test_params') ?? ''
  const entries = Object.entries(read?.table('test_params') ?? {})
  for (const [name, value] of entries)
    if (typeof value === 'object')
      problems.push({ where: `${where}.${name}`, what: `is ${shown(value)}; write text, ${name} = "…"` })
  return new Map(
    entries
      .filter(([, value]) => typeof value !== 'object' && value !== '')
      .map(([name, value]) => [name, { value: String(value), text: true, where: `${where}.${name}` }]),
  )
}

/** Parameters of several places, the first given winning. */
export function firstGiven(...places: readonly GivenParams[]): GivenParams {
  return new Map([...places].reverse().flatMap((place) => [...place]))
}

import type { ParamValue } from '@hoplab/sdk'
import type { ParamSpec } from './manifest.ts'
import { suggest } from './nearest.ts'

/** A value as someone gave it. */
export interface Given {
  readonly value: unknown
  /** Whether it is text to be read by the parameter's type, as on a command line and in Testground's files. */
  readonly text: boolean
  /** Where it stands, for messages. */
  readonly where: string
}

export type Typed = { readonly value: ParamValue } | { readonly fault: string }

/** Reads text by a type; undefined where it is none of it. */
export function fromText(type: ParamSpec['type'], text: string): ParamValue | undefined {
  const word = text.trim()
  if (type === 'string') return text
  if (type === 'bool') return /^(true|false)$/i.test(word) ? word.toLowerCase() === 'true' : undefined
  if (type === 'int') return /^[+-]?\d+$/.test(word) && Number.isSafeInteger(Number(word)) ? Number(word) : undefined
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : undefined
}

function fits(type: ParamSpec['type'], value: unknown): value is ParamValue {
  if (type === 'int') return Number.isSafeInteger(value)
  if (type === 'float') return Number.isFinite(value)
  return typeof value === (type === 'bool' ? 'boolean' : 'string')
}

/** Types a value that was given for a parameter and checks its bounds. */
export function typeParam(spec: ParamSpec, given: Given): Typed {
  const value = given.text && typeof given.value === 'string' ? fromText(spec.type, given.value) : given.value
  if (!fits(spec.type, value)) return { fault: `is ${shown(given.value)}; write ${wanted(spec)}` }
  const out = typeof value === 'number' && (value < (spec.min ?? value) || value > (spec.max ?? value))
  if (out) return { fault: `is ${shown(value)}; write ${wanted(spec)}` }
  if (spec.values !== null && !spec.values.includes(value))
    return { fault: `is ${shown(value)}; ${suggest(String(value), spec.values.map(String), 'it takes')}` }
  return { value }
}

/** A value as a message quotes it, with its kind where that is the trouble. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `the text ${JSON.stringify(value)}`
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return 'a list'
  return value instanceof Date ? 'a date' : 'a table'
}

const kinds = { int: 'a whole number', float: 'a number', bool: 'true or false', string: 'text in quotes' } as const

/** What a parameter takes, in words: `a whole number from 1 to 20`. */
export function wanted(spec: ParamSpec): string {
  if (spec.values !== null) return `one of ${spec.values.join(', ')}`
  return kinds[spec.type] + between(spec.min, spec.max)
}

/** ` from 1 to 20`, ` of at least 1`, ` of at most 20`, or nothing. */
export function between(min: number | null, max: number | null): string {
  if (min !== null && max !== null) return ` from ${min} to ${max}`
  if (min !== null) return ` of at least ${min}`
  return max === null ? '' : ` of at most ${max}`
}

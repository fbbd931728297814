import { stringify } from 'smol-toml'
import { isTable, parseToml } from '../toml.ts'
import { printf, show } from './format.ts'

/** What Testground gives its templates. */
export interface TemplateData {
  /** `.Env`. */
  readonly env: Readonly<Record<string, string>>
  /** Text of a file, by its path relative to the composition; throws when there is none. */
  readonly resource: (path: string) => string
}

type TemplateFunction = (...args: readonly unknown[]) => unknown

/** Go's truth: false, 0, nothing, and empty text, lists and tables are false. */
export function truth(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return isTable(value) ? Object.keys(value).length > 0 : Boolean(value)
}

/** The functions of templates by name; `and` and `or` stand with the evaluator, for they stop early. They throw an Error that says what they take. */
export function functionsOf({ env, resource }: TemplateData): ReadonlyMap<string, TemplateFunction> {
  return new Map<string, TemplateFunction>([
    ['not', (value) => !truth(value)],
    ['len', (value) => lengthOf(value)],
    ['index', (value, ...keys) => keys.reduce((at, key) => indexOf(at, key, env), value)],
    ['slice', (value, ...bounds) => sliceOf(value, bounds)],
    ['print', (...values) => values.map(show).join('')],
    ['println', (...values) => `${values.map(show).join(' ')}\n`],
    ['printf', (format, ...values) => printf(text(format), values)],
    ['eq', (first, ...others) => others.some((other) => compare(first, other, true) === 0)],
    ['ne', (a, b) => compare(a, b, true) !== 0],
    ['lt', (a, b) => compare(a, b) < 0],
    ['le', (a, b) => compare(a, b) <= 0],
    ['gt', (a, b) => compare(a, b) > 0],
    ['ge', (a, b) => compare(a, b) >= 0],
    ['split', (value) => text(value).split(',')],
    ['atoi', (value) => integer(text(value))],
    ['pick', (value, key) => ({ [text(key)]: table(value)[text(key)] })],
    ['toml', (value) => stringify(table(value))],
    ['withEnv', (value) => ({ ...table(value), Env: env })],
    ['load_resource', (path) => parseToml(resource(text(path)), text(path))],
  ])
}

function text(value: unknown): string {
  if (typeof value === 'string') return value
  throw new Error(value === undefined ? 'takes text, and the value is not set' : `takes text, not ${show(value)}`)
}

function table(value: unknown): Readonly<Record<string, unknown>> {
  if (isTable(value)) return value
  throw new Error(`takes a table, not ${show(value)}`)
}

function integer(value: string): number {
  if (/^[+-]?\d+$/.test(value)) return Number(value)
  throw new Error(`takes a whole number, not "${value}"`)
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (Array.isArray(value)) return value.length
  return Object.keys(table(value)).length
}

function indexOf(value: unknown, key: unknown, env: unknown): unknown {
  if (!Array.isArray(value)) return table(value)[text(key)] ?? (value === env ? '' : undefined)
  if (typeof key === 'number' && key >= 0 && key < value.length) return value[key]
  throw new Error(`${show(key)} is out of range; the list has ${value.length}`)
}

function sliceOf(value: unknown, bounds: readonly unknown[]): unknown {
  if (typeof value !== 'string' && !Array.isArray(value)) throw new Error(`takes text or a list, not ${show(value)}`)
  const [from = 0, to = value.length] = bounds.map((bound) => integer(show(bound)))
  if (from < 0 || to > value.length || from > to) throw new Error(`${from} to ${to} is out of range`)
  return value.slice(from, to)
}

const quoted = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : show(value))

function compare(a: unknown, b: unknown, nothing = false): number {
  if (nothing && (a === undefined || b === undefined)) return a === b ? 0 : 1
  if (typeof a !== typeof b || !['string', 'number', 'boolean'].includes(typeof a))
    throw new Error(`cannot compare ${quoted(a)} with ${quoted(b)}; both must be text or both numbers`)
  const [x, y] = [a as string, b as string]
  return x === y ? 0 : x < y ? -1 : 1
}

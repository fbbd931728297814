import { checkShape } from '../../../network/check-shape.ts'
import { isUnshaped, type Shape, unshaped } from '../../../network/shape.ts'
import { readAddress, readSubnet } from './message-address.ts'
import type { Address, Configuration, Filter, Rule } from './network.ts'

/** A program's message on its network topic: what it asks for, or why it cannot have it. */
export type Message = {
  /** State that is signalled when it is done, and fails when it cannot be; empty where it gives none. */
  readonly state: string
} & ({ readonly wanted: Configuration; readonly problem: null } | { readonly wanted: null; readonly problem: string })

type Fields = Readonly<Record<string, unknown>>

/** Reads a message in either form of Testground's SDKs (`callback_state`; up to sdk-go 0.2.5 `State` and Go's own names): units are ns, bit/s and percent, and what is missing is zero. `prefix` is that of an address that comes without one. */
export function readMessage(payload: unknown, prefix: number): Message {
  const fields = lowered(payload)
  if (fields === null)
    return { state: '', wanted: null, problem: `is ${JSON.stringify(payload)?.slice(0, 100)}, no object` }
  const given = fields.callbackstate ?? fields.state
  const state = typeof given === 'string' ? given : ''
  const problems: string[] = []
  const shape = readShape('default', lowered(fields.default) ?? {}, problems)
  const wanted: Configuration = {
    address: readOwnAddress(fields.ipv4, prefix, problems),
    enable: fields.enable === true,
    shape,
    filter: readFilter('default', lowered(fields.default) ?? {}, problems),
    rules: readRules(fields.rules, problems),
    allowControl: fields.routingpolicy === 'allow_all',
  }
  if ((fields.network ?? 'default') !== 'default')
    problems.push(`network: is "${String(fields.network)}"; the only one is "default"`)
  if (!isNone(fields.ipv6)) problems.push('IPv6: networks of runs have IPv4 alone; leave it out')
  return problems.length === 0
    ? { state, wanted, problem: null }
    : { state, wanted: null, problem: problems.join('; ') }
}

const perMs = 1e6
const percent = 100
/** Key of a message, key of a shape, and how many of its units make one of ours. */
const shapeKeys: Readonly<Record<string, readonly [keyof Shape, number]>> = {
  latency: ['latencyMs', perMs],
  jitter: ['jitterMs', perMs],
  bandwidth: ['bandwidthBps', 1],
  // As the types of @testground/sdk 0.1.2 spell it.
  bandwith: ['bandwidthBps', 1],
  loss: ['loss', percent],
  corrupt: ['corrupt', percent],
  corruptcorr: ['corruptCorrelation', percent],
  reorder: ['reorder', percent],
  reordercorr: ['reorderCorrelation', percent],
  duplicate: ['duplicate', percent],
  duplicatecorr: ['duplicateCorrelation', percent],
}

/** A key that nobody knows would leave unshaped what was to be shaped. */
function readShape(where: string, fields: Fields, problems: string[]): Shape {
  const shape: Record<keyof Shape, number> = { ...unshaped }
  for (const [key, value] of Object.entries(fields)) {
    if (key === 'filter' || key === 'subnet' || isNone(value)) continue
    const [name, units] = shapeKeys[key] ?? []
    if (name === undefined || units === undefined) problems.push(`${where}.${key}: is unknown; ${known}`)
    else if (typeof value !== 'number') problems.push(`${where}.${key}: is ${JSON.stringify(value)}; write a number`)
    else shape[name] = value / units
  }
  problems.push(...checkShape(shape).map((problem) => `${where}.${problem}`))
  return shape
}

const known = `write ${Object.keys(shapeKeys)
  .filter((key) => key !== 'bandwith')
  .join(', ')}`
const filters: readonly Filter[] = ['accept', 'reject', 'drop']

function readFilter(where: string, { filter = 0 }: Fields, problems: string[]): Filter {
  const found = typeof filter === 'number' ? filters[filter] : filters.find((one) => one === filter)
  if (found === undefined)
    problems.push(`${where}.filter: is ${JSON.stringify(filter)}; write 0 (accept), 1 (reject) or 2 (drop)`)
  return found ?? 'accept'
}

function readRules(rules: unknown, problems: string[]): readonly Rule[] {
  if (isNone(rules)) return []
  if (!Array.isArray(rules)) {
    problems.push(`rules: is ${JSON.stringify(rules)}; write a list`)
    return []
  }
  return rules.flatMap((rule: unknown, at) => {
    const where = `rules[${at}]`
    const fields = lowered(rule) ?? {}
    const subnet = readSubnet(fields.subnet)
    if (subnet === null)
      problems.push(`${where}.subnet: is ${JSON.stringify(fields.subnet)}; write an IPv4 subnet as 16.0.1.2/32`)
    const shape = readShape(where, fields, problems)
    if (!isUnshaped(shape))
      problems.push(`${where}: a subnet cannot have a shape of its own; give the shape as default, for all of them`)
    const filter = readFilter(where, fields, problems)
    return subnet === null ? [] : [{ subnet, filter }]
  })
}

function readOwnAddress(value: unknown, prefix: number, problems: string[]): Address | null {
  if (isNone(value)) return null
  const found = readAddress(value, prefix)
  if (found === null) problems.push(`IPv4: is ${JSON.stringify(value)}; write an address as 16.0.1.1/16`)
  return found
}

/** Keys in lower case and without `_`: the same in every form; null for what is no object. */
function lowered(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toLowerCase().replaceAll('_', ''), item]))
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

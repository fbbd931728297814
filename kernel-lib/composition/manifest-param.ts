import type { ParamValue } from '@hoplab/sdk'
import type { ParamSpec } from './manifest.ts'
import { fromText, shown, typeParam } from './params.ts'
import type { Problem } from './problems.ts'
import { readTable } from './reader.ts'
import type { Table } from './toml.ts'

const types: Readonly<Record<string, ParamSpec['type']>> = {
  int: 'int',
  integer: 'int',
  uint: 'int',
  float: 'float',
  number: 'float',
  bool: 'bool',
  boolean: 'bool',
  string: 'string',
  duration: 'string',
  enum: 'string',
  json: 'string',
  size: 'string',
}

interface Said {
  readonly where: string
  readonly problems: Problem[]
  readonly warnings: Problem[]
}

/** Reads `[testcases.params.<name>]`. A default given as text is read by the type, as Testground does. */
export function readParam(table: Table, { where, problems, warnings }: Said): ParamSpec {
  const read = readTable(table, { where, problems })
  const type = typeOf(read.text('type'), { where, problems, warnings })
  const about = read.text('about')
  const desc = read.text('desc')
  const unit = read.text('unit') ?? ''
  read.value('options')
  const bounded: ParamSpec = {
    type,
    about: about ?? desc ?? '',
    unit: unit in types ? '' : unit,
    default: null,
    min: read.number('min') ?? null,
    max: read.number('max') ?? null,
    values: valuesOf(read.value('values'), { type, where, problems }),
  }
  const given = read.value('default')
  warnings.push(...read.unknown())
  return given === undefined
    ? bounded
    : { ...bounded, default: defaultOf(given, bounded, { where, problems, warnings }) }
}

function typeOf(name: string | undefined, { where, warnings }: Said): ParamSpec['type'] {
  const type = name === undefined ? 'string' : types[name]
  if (type === undefined) warnings.push({ where: `${where}.type`, what: `"${name}" is read as string` })
  return type ?? 'string'
}

function defaultOf(given: unknown, spec: ParamSpec, { where, problems }: Said): ParamValue | null {
  const value = spec.type === 'string' && typeof given !== 'string' ? JSON.stringify(given) : given
  const typed = typeParam(spec, { value, text: true, where })
  if ('value' in typed) return typed.value
  problems.push({ where: `${where}.default`, what: typed.fault })
  return null
}

function valuesOf(
  given: unknown,
  { type, where, problems }: { type: ParamSpec['type']; where: string; problems: Problem[] },
): readonly ParamValue[] | null {
  if (given === undefined) return null
  if (!Array.isArray(given) || given.length === 0) {
    problems.push({ where: `${where}.values`, what: `is ${shown(given)}; write a list of the values allowed` })
    return null
  }
  return given.flatMap((item) => {
    const value = fromText(type, String(item))
    if (value !== undefined && typeof item !== 'object') return [value]
    problems.push({ where: `${where}.values`, what: `${shown(item)} is no ${type}; write values of that type` })
    return []
  })
}

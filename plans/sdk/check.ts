import type { ErrorObject } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { jsonSchema } from './json-schema.ts'
import type { RecordSchema } from './record.ts'

/** Says what is wrong with a row, each problem as `column "status" is "weird"; write one of ok, failed`; empty when nothing is. */
export type RowCheck = (row: unknown) => readonly string[]

const made = new WeakMap<RecordSchema, RowCheck>()

/** The check of a record's rows; made once for each schema. */
export function rowCheck(schema: RecordSchema): RowCheck {
  const known = made.get(schema)
  if (known !== undefined) return known
  const validate = new Ajv2020({ allErrors: true, strict: false, strictNumbers: true, verbose: true }).compile(
    jsonSchema(schema),
  )
  const check: RowCheck = (row) => (validate(row) ? [] : (validate.errors ?? []).map((error) => problem(error, schema)))
  made.set(schema, check)
  return check
}

function problem(error: ErrorObject, schema: RecordSchema): string {
  const [, column = '', ...inside] = error.instancePath.split('/')
  const params = error.params as Readonly<Record<string, unknown>>
  if (error.keyword === 'required') return `column "${params.missingProperty}" is missing`
  if (error.keyword === 'additionalProperties')
    return `there is no column "${params.additionalProperty}"; columns are ${Object.keys(schema.columns).join(', ')}`
  if (column === '') return `the row is ${shown(error.data)}; write an object`
  const where = inside.length > 0 ? `column "${column}" at ${inside.join('.')}` : `column "${column}"`
  const values = schema.columns[column]?.values
  const wanted =
    error.keyword === 'enum' && values
      ? `one of ${values.join(', ')}`
      : error.keyword === 'pattern'
        ? '64 hexadecimal digits'
        : wantedType(params.type)
  return `${where} is ${shown(error.data)}; write ${wanted}`
}

function wantedType(type: unknown): string {
  const names = Array.isArray(type) ? type : [type]
  return names
    .map((name) => (name === 'null' ? 'null' : `${/^[aio]/.test(String(name)) ? 'an' : 'a'} ${name}`))
    .join(' or ')
}

function shown(value: unknown): string {
  if (typeof value === 'number' || value === undefined) return String(value)
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

import { keyPattern } from './keyspace.ts'
import type { Column, RecordSchema } from './record.ts'

/** A JSON Schema (draft 2020-12) as a plain object. */
export type JsonSchema = Readonly<Record<string, unknown>>

const strings = { type: 'array', items: { type: 'string' } }
const types: Readonly<Record<string, JsonSchema>> = {
  string: { type: 'string' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  strings,
  buckets: { type: 'array', items: strings },
}

/** The JSON Schema of a record's rows: every column required, no others allowed, null only where the type ends in `?`. */
export function jsonSchema(schema: RecordSchema): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: schema.name,
    description: schema.about,
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(schema.columns).map(([name, column]) => [name, columnSchema(column)]),
    ),
    required: Object.keys(schema.columns),
    additionalProperties: false,
  }
}

function columnSchema({ type, about, unit, values, format }: Column): JsonSchema {
  const nullable = type.endsWith('?')
  const base = types[type.replace('?', '')] ?? {}
  return {
    ...base,
    ...(nullable ? { type: [base.type, 'null'] } : {}),
    ...(format === 'key' ? { pattern: keyPattern.source } : {}),
    ...(values ? { enum: nullable ? [...values, null] : values } : {}),
    description: about,
    ...(unit === undefined ? {} : { unit }),
  }
}

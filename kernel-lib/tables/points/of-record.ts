import type { Column, RecordSchema } from '@hoplab/sdk'
import { type MetricPoint, nanoseconds } from './point.ts'

/** How rows of a kind of record become points: which column is the time, which are tags, which are fields. */
export interface PointShape {
  readonly measurement: string
  readonly time: string
  readonly tags: readonly string[]
  readonly fields: readonly PointField[]
}

/** A field of points, as a schema declares it. */
export interface PointField {
  readonly name: string
  readonly kind: 'number' | 'boolean' | 'text'
  /** As it stands on an axis, or an empty string. */
  readonly unit: string
  readonly about: string
  /** Whether every point has it. */
  readonly always: boolean
}

/**
 * The shape of a kind of record's points. Time: the column `end_ms`, else `ts_ms`. Tags: text columns whose values the schema lists. Fields: the other columns;
 * of lists their lengths, as `<column>_count`; and `duration_ms` where there are `start_ms` and `end_ms`.
 *
 * @returns Null for records without a time.
 */
export function pointShape({ name, columns }: RecordSchema): PointShape | null {
  const time = ['end_ms', 'ts_ms'].find((column) => columns[column] !== undefined)
  if (time === undefined) return null
  const rest = Object.entries(columns).filter(([column]) => column !== time && column !== 'start_ms')
  const isTag = ([, column]: [string, Column]): boolean => column.values !== undefined
  const spans = time === 'end_ms' && columns.start_ms !== undefined
  return {
    measurement: name,
    time,
    tags: rest.filter(isTag).map(([column]) => column),
    fields: [...(spans ? [duration] : []), ...rest.filter((entry) => !isTag(entry)).map(fieldOf)],
  }
}

const duration: PointField = {
  name: 'duration_ms',
  kind: 'number',
  unit: 'ms',
  about: 'From start to end.',
  always: true,
}

function fieldOf([name, { type, unit = '', about }]: [string, Column]): PointField {
  const always = !type.endsWith('?')
  if (/^(strings|buckets)/.test(type)) {
    const counted = type === 'buckets' ? 'entries' : unit
    return { name: `${name}_count`, kind: 'number', unit: counted, about: `How many: ${about}`, always }
  }
  const kind = /^string/.test(type) ? 'text' : /^boolean/.test(type) ? 'boolean' : 'number'
  return { name, kind, unit, about, always }
}

type Row = Readonly<Record<string, unknown>>

/** The point of a row, the `line`-th of its file; null where nothing in it is a value. */
export function recordPoint(
  { measurement, time, tags: tagged, fields: wanted }: PointShape,
  row: Row,
  { origin, line }: { readonly origin: MetricPoint['tags']; readonly line: number },
): MetricPoint | null {
  const at = row[time]
  if (typeof at !== 'number' || !Number.isFinite(at)) return null
  const fields: Record<string, number | boolean | string> = {}
  for (const field of wanted) {
    const value = fieldValue(field, row)
    if (value !== null) fields[field.name] = value
  }
  if (Object.keys(fields).length === 0) return null
  const tags: Record<string, string> = { ...origin }
  for (const tag of tagged) if (typeof row[tag] === 'string' && row[tag] !== '') tags[tag] = row[tag]
  return { measurement, tags, fields, timeNs: nanoseconds(at, line) }
}

function fieldValue(field: PointField, row: Row): number | boolean | string | null {
  if (field === duration) return Number(row.end_ms) - Number(row.start_ms)
  const value = row[field.name] ?? row[field.name.replace(/_count$/, '')]
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + (Array.isArray(one) ? one.length : 1), 0)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'boolean' || typeof value === 'string' ? value : null
}

import { isTable } from '../toml.ts'

/** A value as Go's `print` shows it. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return '<no value>'
  if (Array.isArray(value)) return `[${value.map(show).join(' ')}]`
  if (value instanceof Date) return value.toISOString()
  if (!isTable(value)) return String(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `map[${entries.map(([key, item]) => `${key}:${show(item)}`).join(' ')}]`
}

/** Go's `printf` with the verbs %v, %s, %q, %d, %t, %f, %g, %x and %%, width, `-`, `0` and precision. Throws an Error for others. */
export function printf(format: string, values: readonly unknown[]): string {
  let next = 0
  const text = format.replace(
    /%([-+0 ]*)(\d*)(?:\.(\d+))?(.?)/g,
    (all, flags: string, width: string, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%'
      if (next >= values.length) throw new Error(`${all} has no value`)
      const shown = one(verb, values[next++], precision === undefined ? null : Number(precision))
      if (shown === null) throw new Error(`${all} is not supported; it takes %v, %s, %q, %d, %t, %f, %g, %x`)
      if (flags.includes('-')) return shown.padEnd(Number(width))
      return shown.padStart(Number(width), flags.includes('0') ? '0' : ' ')
    },
  )
  if (next < values.length) throw new Error(`${values.length} values for ${next} verbs`)
  return text
}

function one(verb: string, value: unknown, precision: number | null): string | null {
  if (verb === 'v' || verb === 's') return show(value)
  if (verb === 'q') return JSON.stringify(show(value))
  if (verb === 't' && typeof value === 'boolean') return String(value)
  if (typeof value !== 'number') return null
  if (verb === 'd' && Number.isInteger(value)) return String(value)
  if (verb === 'x' && Number.isInteger(value)) return value.toString(16)
  if (verb === 'f') return value.toFixed(precision ?? 6)
  return verb === 'g' ? String(value) : null
}

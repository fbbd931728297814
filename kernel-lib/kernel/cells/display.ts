import { inspect } from 'node:util'
import type { MimeBundle } from '../document/notebook.ts'

const protocol = Symbol.for('Jupyter.display')

/** What a cell's last value looks like: by its own `Symbol.for('Jupyter.display')` method, else as text. */
export async function represent(value: unknown): Promise<MimeBundle> {
  const method = (value as { [protocol]?: unknown } | null | undefined)?.[protocol]
  if (typeof method === 'function') return method.call(value)
  return { 'text/plain': typeof value === 'string' ? value : inspect(value) }
}

/** Throws a readable error where a bundle holds what JSON cannot. */
export function checkBundle(bundle: MimeBundle): void {
  for (const [type, value] of Object.entries(bundle)) {
    try {
      if (JSON.stringify(value) !== undefined) continue
    } catch (error) {
      throw new TypeError(`display: ${type} cannot be written as JSON (${(error as Error).message})`)
    }
    throw new TypeError(`display: ${type} is ${typeof value}; give text, or a value that JSON can hold`)
  }
}

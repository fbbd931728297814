import { InputError } from '../errors.ts'

const segmentBytes = 255
const keyBytes = 900

/**
 * The steps of a key. Keys come from records, and records from anywhere: none may lead outside, and none be what a server of files cannot keep.
 *
 * @throws InputError for a key that is no path inside a store.
 */
export function stepsOf(key: string): readonly string[] {
  const steps = key.split('/')
  if (steps.some((step) => /^\.{0,2}$/.test(step) || /[\\\0]/.test(step)))
    throw new InputError(`key "${key}" is no path inside the store; write <run>/<group>/<index>/<file>`)
  if (steps.some((step) => Buffer.byteLength(step) > segmentBytes) || Buffer.byteLength(key) > keyBytes)
    throw new InputError(`key "${key}" is too long for a store; give the file a name of at most ${segmentBytes} bytes`)
  return steps
}

/**
 * Looks for a key that is also the folder of another, which stores of files refuse or hide.
 *
 * @returns The two, or null where there are none such.
 */
export function clash(keys: Iterable<string>): readonly [string, string] | null {
  const all = new Set(keys)
  for (const key of all)
    for (let at = key.indexOf('/'); at !== -1; at = key.indexOf('/', at + 1))
      if (all.has(key.slice(0, at))) return [key.slice(0, at), key]
  return null
}

import type { SyncRequest } from '@hoplab/sdk'

/** A request, or why a frame is none; `id` is the frame's where it had one. */
export type Parsed =
  | { readonly request: SyncRequest; readonly error: null }
  | { readonly request: null; readonly id: string; readonly error: string }

const shapes: Readonly<Record<string, (body: Readonly<Record<string, unknown>>) => boolean>> = {
  publish: (body) => typeof body.topic === 'string',
  subscribe: (body) => typeof body.topic === 'string',
  barrier: (body) => typeof body.state === 'string' && Number.isSafeInteger(body.target),
  signal_entry: (body) => typeof body.state === 'string',
}

const operations = Object.keys(shapes)

const expected =
  '"publish": {topic, payload}, "subscribe": {topic}, "barrier": {state, target}, "signal_entry": {state} or "is_cancel": true'

/** Reads one frame of a client. */
export function parseRequest(text: string): Parsed {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch (error) {
    return fault('', `not JSON: ${(error as Error).message}`)
  }
  if (!isObject(frame)) return fault('', 'a frame holds one JSON object')
  if (typeof frame.id !== 'string') return fault('', '"id" is missing or not a string')
  if (frame.is_cancel === true) return { request: frame as unknown as SyncRequest, error: null }
  const [name, ...more] = operations.filter((one) => (frame[one] ?? null) !== null)
  const shape = name === undefined ? undefined : shapes[name]
  if (name === undefined || more.length > 0 || shape === undefined)
    return fault(frame.id, `found ${found(frame)}; write one of ${expected}`)
  const body = frame[name]
  if (!isObject(body) || !shape(body))
    return fault(frame.id, `"${name}" is ${JSON.stringify(body).slice(0, 200)}; write ${expected}`)
  return { request: frame as unknown as SyncRequest, error: null }
}

function found(frame: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(frame).filter((key) => key !== 'id' && key !== 'is_cancel' && frame[key] !== null)
  return names.length === 0 ? 'no operation' : names.join(', ')
}

function fault(id: string, error: string): Parsed {
  return { request: null, id, error }
}

/** Whether a parsed JSON value is an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

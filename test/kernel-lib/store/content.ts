import { createHash } from 'node:crypto'
import * as assert from 'uvu/assert'
import type { Content } from '../../../kernel-lib/store/store.ts'

/** What a store is told of bytes. */
export function content(bytes: string | Uint8Array): Content {
  return { bytes: Buffer.byteLength(bytes), sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** Bytes as a stream. */
export async function* stream(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part)
}

/** A stream read to its end. */
export async function read(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

/** Expects that a promise is rejected with such a message. */
export async function fails(promise: Promise<unknown>, message: RegExp): Promise<Error> {
  const error = await promise.then(
    () => null,
    (reason: Error) => reason,
  )
  if (error === null) return assert.unreachable(`nothing failed; expected ${message}`) as never
  assert.match(error.message, message)
  return error
}

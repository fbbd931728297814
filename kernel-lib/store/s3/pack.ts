import { pipeline, Readable } from 'node:stream'
import { createGzip, gzipSync } from 'node:zlib'

/** How an object holds its content. */
export type Encoding = 'gzip' | 'identity'

/** Content as it is kept. */
export interface Packed {
  readonly encoding: Encoding
  readonly bytes: AsyncIterable<Uint8Array>
}

const sampleBytes = 1 << 17
const worthwhile = 0.9

/** Compresses content, unless its beginning says that this would not pay. The same content becomes the same bytes. */
export async function pack(content: AsyncIterable<Uint8Array>): Promise<Packed> {
  const chunks = content[Symbol.asyncIterator]()
  const head: Uint8Array[] = []
  let bytes = 0
  let ended = false
  while (bytes < sampleBytes && !ended) {
    const next = await chunks.next()
    ended = next.done === true
    if (next.done !== true) {
      head.push(next.value)
      bytes += next.value.length
    }
  }
  const whole = rejoin(head, chunks)
  const sample = Buffer.concat(head)
  if (gzipSync(sample, { level: 1 }).length > sample.length * worthwhile) return { encoding: 'identity', bytes: whole }
  return { encoding: 'gzip', bytes: pipeline(Readable.from(whole), createGzip(), () => {}) }
}

async function* rejoin(head: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (let chunk = head.shift(); chunk !== undefined; chunk = head.shift()) yield chunk
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

/** Cuts bytes into parts of one size, the last of what remains; none is empty. */
export async function* inParts(bytes: AsyncIterable<Uint8Array>, partBytes: number): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let heldBytes = 0
  for await (const chunk of bytes)
    for (let from = 0; from < chunk.length; ) {
      const piece = chunk.subarray(from, from + partBytes - heldBytes)
      held.push(piece)
      heldBytes += piece.length
      from += piece.length
      if (heldBytes < partBytes) continue
      yield Buffer.concat(held)
      held = []
      heldBytes = 0
    }
  if (heldBytes > 0) yield Buffer.concat(held)
}

import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ChangedError, checked } from '../checked.ts'
import type { Bucket } from './client.ts'
import { headOf, type ObjectHead } from './object.ts'

interface Opened {
  readonly head: ObjectHead
  readonly body: AsyncIterable<Uint8Array>
}

/** The content of an object, unpacked and checked; where a connection breaks, the rest is asked for. */
export async function* getObject(bucket: Bucket, key: string, sha256: string | null): AsyncGenerator<Uint8Array> {
  const first = await openAt(bucket, key, null)
  const { head } = first
  const stored = readOn(bucket, key, first)
  const at = `${bucket.location.name}/${key}`
  const expected = sha256 ?? head.sha256
  const content = head.encoding === 'gzip' ? unpacked(stored, at) : stored
  yield* expected === null ? content : checked(content, expected, at)
}

async function openAt(
  { ask, location }: Bucket,
  key: string,
  from: { readonly byte: number; readonly etag: string | null } | null,
): Promise<Opened> {
  const at = { Bucket: location.bucket, Key: location.prefix + key }
  const rest =
    from === null ? {} : { Range: `bytes=${from.byte}-`, ...(from.etag === null ? {} : { IfMatch: from.etag }) }
  const answer = await ask((sdk, client, options) => client.send(new sdk.GetObjectCommand({ ...at, ...rest }), options))
  if (answer.Body === undefined) throw new Error(`${key}: the server answered without a body`)
  return { head: headOf(answer), body: answer.Body as unknown as AsyncIterable<Uint8Array> }
}

async function* readOn(bucket: Bucket, key: string, first: Opened): AsyncGenerator<Uint8Array> {
  const { storedBytes, etag } = first.head
  let opened = first
  let byte = 0
  for (;;) {
    const chunks = opened.body[Symbol.asyncIterator]()
    try {
      for (;;) {
        const next = await chunks.next().catch((error: unknown) => ({ error }))
        if ('error' in next) {
          await bucket.lost(next.error)
          break
        }
        if (next.done === true) break
        byte += next.value.length
        yield next.value
      }
    } finally {
      await chunks.return?.()
    }
    if (byte >= storedBytes) return
    opened = await openAt(bucket, key, { byte, etag })
  }
}

async function* unpacked(stored: AsyncIterable<Uint8Array>, at: string): AsyncGenerator<Uint8Array> {
  const gunzip = pipeline(Readable.from(stored), createGunzip(), () => {})
  try {
    yield* gunzip
  } catch (error) {
    if (/^Z_/.test((error as NodeJS.ErrnoException).code ?? ''))
      throw new ChangedError(
        `${at}: cannot be unpacked (${(error as Error).message}); it was changed or cut in the store`,
      )
    throw error
  }
}

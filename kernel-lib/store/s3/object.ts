import { type Bucket, statusOf } from './client.ts'
import type { Encoding } from './pack.ts'

/** What is known of an object without reading it. */
export interface ObjectHead {
  /** As it is kept. */
  readonly storedBytes: number
  readonly etag: string | null
  /** Of its content; null where it was not put by us. */
  readonly sha256: string | null
  readonly encoding: Encoding
}

/** The metadata that an object is put with. The same words as content encoding would make some gateways unpack it on the way. */
export function metadataOf(sha256: string, encoding: Encoding): Record<string, string> {
  return { 'hoplab-sha256': sha256, 'hoplab-encoding': encoding }
}

interface Answer {
  readonly ContentLength?: number | undefined
  readonly ETag?: string | undefined
  readonly Metadata?: Record<string, string> | undefined
}

/** Reads what an answer says of its object. */
export function headOf({ ContentLength, ETag, Metadata }: Answer): ObjectHead {
  return {
    storedBytes: ContentLength ?? 0,
    etag: ETag ?? null,
    sha256: Metadata?.['hoplab-sha256'] ?? null,
    encoding: Metadata?.['hoplab-encoding'] === 'gzip' ? 'gzip' : 'identity',
  }
}

/** Asks for the head of an object; null where there is none. */
export async function headObject({ ask, location }: Bucket, key: string): Promise<ObjectHead | null> {
  const at = { Bucket: location.bucket, Key: location.prefix + key }
  try {
    return headOf(await ask((sdk, client, options) => client.send(new sdk.HeadObjectCommand(at), options)))
  } catch (error) {
    if (statusOf(error) === 404) return null
    if (statusOf(error) === undefined) throw error
    // The answer to HEAD has no body that says why; that to GET has.
    const range = { ...at, Range: 'bytes=0-0' }
    await ask((sdk, client, options) => client.send(new sdk.GetObjectCommand(range), options)).then((answer) =>
      answer.Body?.transformToByteArray(),
    )
    throw error
  }
}

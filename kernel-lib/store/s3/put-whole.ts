import { createHash } from 'node:crypto'
import type { Bucket } from './client.ts'

/** What is put, and whether the key is to be free as far as the server can tell. */
export interface Putting {
  readonly key: string
  readonly metadata: Record<string, string>
  readonly onlyIfFree: boolean
}

/** Puts an object in one request. */
export async function putWhole({ ask, location }: Bucket, body: Buffer, putting: Putting): Promise<void> {
  const { key, metadata, onlyIfFree } = putting
  await ask((sdk, client, options) =>
    client.send(
      new sdk.PutObjectCommand({
        Bucket: location.bucket,
        Key: location.prefix + key,
        Body: body,
        ContentMD5: md5(body).toString('base64'),
        Metadata: metadata,
        ...(onlyIfFree ? { IfNoneMatch: '*' } : {}),
      }),
      options,
    ),
  )
}

/** The MD5 of bytes. */
export function md5(bytes: Uint8Array): Buffer {
  return createHash('md5').update(bytes).digest()
}

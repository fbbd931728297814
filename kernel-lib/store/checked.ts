import { createHash } from 'node:crypto'

/** Bytes that are not those that were asked for. */
export class ChangedError extends Error {
  override name = 'ChangedError'
}

/** Passes bytes on, and fails after the last when they are not those of the checksum. */
export async function* checked(
  bytes: AsyncIterable<Uint8Array>,
  sha256: string,
  name: string,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  for await (const chunk of bytes) {
    hash.update(chunk)
    yield chunk
  }
  const found = hash.digest('hex')
  if (found !== sha256)
    throw new ChangedError(`${name}: its SHA-256 is ${found} and should be ${sha256}; the bytes were changed or cut`)
}

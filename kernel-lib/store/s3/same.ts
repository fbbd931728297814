import { ChangedError } from '../checked.ts'
import type { Content } from '../store.ts'
import type { Bucket } from './client.ts'
import type { ObjectHead } from './object.ts'

const gzipTailBytes = 8
const sizeModulus = 2 ** 32

/**
 * Makes sure, without reading it, that an object is whole and of this content, as far as it says itself.
 *
 * @throws ChangedError where it is not, naming the key.
 */
export async function demandSame(
  bucket: Bucket,
  key: string,
  { there, content }: { there: ObjectHead; content: Content },
) {
  const at = `${bucket.location.name}/${key}`
  const remove = `look at it, and remove it if it is worth nothing (aws s3 rm ${at})`
  if (there.sha256 === null) throw new ChangedError(`${at}: is there, and not put by hoplab; ${remove}`)
  if (there.sha256 !== content.sha256)
    throw new ChangedError(
      `${at}: holds other content, whose SHA-256 is ${there.sha256} and should be ${content.sha256}; ${remove}`,
    )
  const kept = there.encoding === 'identity' ? there.storedBytes : await sizeInTail(bucket, key, there)
  const expected = there.encoding === 'identity' ? content.bytes : content.bytes % sizeModulus
  if (kept !== expected)
    throw new ChangedError(
      `${at}: was cut or changed in the store: ${there.storedBytes} bytes are left of it; ${remove} and repeat`,
    )
}

/** A gzip stream ends in the size of its content, modulo 2^32. */
async function sizeInTail({ ask, location }: Bucket, key: string, { storedBytes }: ObjectHead): Promise<number> {
  if (storedBytes < gzipTailBytes) return -1
  const from = storedBytes - gzipTailBytes
  const at = { Bucket: location.bucket, Key: location.prefix + key, Range: `bytes=${from}-${storedBytes - 1}` }
  const tail = await ask(async (sdk, client, options) => {
    const answer = await client.send(new sdk.GetObjectCommand(at), options)
    return answer.Body?.transformToByteArray()
  })
  return tail?.length === gzipTailBytes ? Buffer.from(tail).readUInt32LE(4) : -1
}

import { ChangedError, checked } from '../checked.ts'
import type { Content, Sent } from '../store.ts'
import type { Bucket } from './client.ts'
import { headObject, metadataOf } from './object.ts'
import { inParts, pack } from './pack.ts'
import { lostRace } from './probe.ts'
import { partBytes, putParts } from './put-parts.ts'
import { putWhole } from './put-whole.ts'
import { demandSame } from './same.ts'

/** What a put needs besides its bytes. */
export interface PutOptions {
  readonly content: Content
  /** Whether the server honours conditional puts. */
  readonly conditional: () => Promise<boolean>
}

/** Puts bytes under a key that is free; where it is not, makes sure that it holds the same. */
export async function putObject(
  bucket: Bucket,
  key: string,
  { bytes, content, conditional }: PutOptions & { readonly bytes: AsyncIterable<Uint8Array> },
): Promise<Sent> {
  const there = await headObject(bucket, key)
  if (there !== null) {
    await demandSame(bucket, key, { there, content })
    return { sentBytes: 0 }
  }
  const onlyIfFree = await conditional()
  const { encoding, bytes: packed } = await pack(checked(bytes, content.sha256, key))
  const putting = { key, metadata: metadataOf(content.sha256, encoding), onlyIfFree }
  const sent = await send(bucket, packed, { putting, inOne: content.bytes <= partBytes }).catch(async (error) => {
    // A lost race, or an upload that somebody else completed: what is there decides.
    if (lostRace(error) || (error as Error).name === 'NoSuchUpload') return null
    throw error
  })
  const certain = sent !== null && onlyIfFree && content.bytes <= partBytes
  if (!certain) await demandKept(bucket, key, { content, storedBytes: sent?.storedBytes ?? null })
  return { sentBytes: sent?.sentBytes ?? 0 }
}

async function send(
  bucket: Bucket,
  packed: AsyncIterable<Uint8Array>,
  { putting, inOne }: { readonly putting: Parameters<typeof putWhole>[2]; readonly inOne: boolean },
): Promise<{ readonly sentBytes: number; readonly storedBytes: number }> {
  if (!inOne) return putParts(bucket, inParts(packed, partBytes), putting)
  const chunks: Uint8Array[] = []
  for await (const chunk of packed) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  await putWhole(bucket, body, putting)
  return { sentBytes: body.length, storedBytes: body.length }
}

/** After a put: that the object is there, is ours, and has the size that was sent. */
async function demandKept(
  bucket: Bucket,
  key: string,
  { content, storedBytes }: { readonly content: Content; readonly storedBytes: number | null },
): Promise<void> {
  const there = await headObject(bucket, key)
  const at = `${bucket.location.name}/${key}`
  if (there === null && storedBytes === null)
    throw new ChangedError(`${at}: somebody else put it in the same moment, and it is not there; repeat`)
  if (there === null)
    throw new ChangedError(`${at}: was put and is not there; somebody removed it, or the store loses data`)
  if (storedBytes !== null && there.sha256 === content.sha256 && there.storedBytes === storedBytes) return
  await demandSame(bucket, key, { there, content })
}

import { ChangedError } from '../checked.ts'
import { type Bucket, statusOf } from './client.ts'
import { md5, type Putting } from './put-whole.ts'

/** Size of every part but the last. */
export const partBytes = 8 << 20
const mostParts = 10_000
const inFlight = 3

interface Part {
  readonly PartNumber: number
  readonly ETag: string
}

/** An upload in parts that was begun, with what is there of it. */
interface Upload {
  readonly id: string
  readonly there: ReadonlyMap<number, { readonly etag: string; readonly bytes: number }>
}

/**
 * Puts an object in parts. An upload that was broken off is taken up again: parts that are there with the same bytes do not move.
 *
 * @returns Bytes that moved, and those of the object.
 */
export async function putParts(
  bucket: Bucket,
  parts: AsyncIterable<Buffer>,
  putting: Putting,
): Promise<{ readonly sentBytes: number; readonly storedBytes: number }> {
  const { key } = putting
  let upload = (await begunUpload(bucket, key)) ?? (await beginUpload(bucket, putting))
  const done: Promise<Part>[] = []
  let sentBytes = 0
  let storedBytes = 0
  try {
    for await (const body of parts) {
      const number = done.length + 1
      if (number > mostParts)
        throw new ChangedError(
          `${key}: is larger than ${mostParts} parts of ${partBytes} bytes, the most that S3 takes`,
        )
      storedBytes += body.length
      const etag = md5(body).toString('hex')
      const there = upload.there.get(number)
      if (there?.etag === etag && there.bytes === body.length) {
        done.push(Promise.resolve({ PartNumber: number, ETag: `"${etag}"` }))
        continue
      }
      // An upload whose first part is another belongs to other content, and so do its metadata.
      if (there !== undefined && number === 1) {
        await abortUpload(bucket, key, upload.id)
        upload = await beginUpload(bucket, putting)
      }
      await done.at(-inFlight)
      sentBytes += body.length
      const sending = sendPart(bucket, body, { key, id: upload.id, number })
      sending.catch(() => {})
      done.push(sending)
    }
    await completeUpload(bucket, await Promise.all(done), { ...putting, id: upload.id })
  } catch (error) {
    await Promise.allSettled(done)
    if (error instanceof ChangedError) await abortUpload(bucket, key, upload.id)
    throw error
  }
  return { sentBytes, storedBytes }
}

function at({ location }: Bucket, key: string): { Bucket: string; Key: string } {
  return { Bucket: location.bucket, Key: location.prefix + key }
}

async function begunUpload(bucket: Bucket, key: string): Promise<Upload | null> {
  const { Bucket, Key } = at(bucket, key)
  const listed = await bucket
    .ask((sdk, client, options) => client.send(new sdk.ListMultipartUploadsCommand({ Bucket, Prefix: Key }), options))
    // Whoever may not list uploads begins a new one.
    .catch((error) => {
      if (statusOf(error) === 403 || statusOf(error) === 501) return { Uploads: [] }
      throw error
    })
  const id = (listed.Uploads ?? []).filter((one) => one.Key === Key).at(-1)?.UploadId
  return id === undefined ? null : { id, there: await partsThere(bucket, key, id) }
}

async function partsThere(bucket: Bucket, key: string, id: string): Promise<Upload['there']> {
  const there = new Map<number, { etag: string; bytes: number }>()
  let marker: string | undefined
  do {
    const input = { ...at(bucket, key), UploadId: id, ...(marker === undefined ? {} : { PartNumberMarker: marker }) }
    const page = await bucket
      .ask((sdk, client, options) => client.send(new sdk.ListPartsCommand(input), options))
      .catch((error) => {
        if (statusOf(error) === 404 || statusOf(error) === 403)
          return { Parts: [], IsTruncated: false, NextPartNumberMarker: undefined }
        throw error
      })
    for (const { PartNumber, ETag, Size } of page.Parts ?? [])
      if (PartNumber !== undefined && ETag !== undefined)
        there.set(PartNumber, { etag: ETag.replaceAll('"', ''), bytes: Size ?? -1 })
    marker = page.IsTruncated ? page.NextPartNumberMarker : undefined
  } while (marker !== undefined)
  return there
}

async function beginUpload(bucket: Bucket, { key, metadata }: Putting): Promise<Upload> {
  const { UploadId: id } = await bucket.ask((sdk, client, options) =>
    client.send(new sdk.CreateMultipartUploadCommand({ ...at(bucket, key), Metadata: metadata }), options),
  )
  if (id === undefined) throw new Error(`${key}: the server began an upload and did not name it`)
  return { id, there: new Map() }
}

async function sendPart(
  bucket: Bucket,
  body: Buffer,
  { key, id, number }: { readonly key: string; readonly id: string; readonly number: number },
): Promise<Part> {
  const input = { ...at(bucket, key), UploadId: id, PartNumber: number, Body: body }
  const ContentMD5 = md5(body).toString('base64')
  const { ETag } = await bucket.ask((sdk, client, options) =>
    client.send(new sdk.UploadPartCommand({ ...input, ContentMD5 }), options),
  )
  return { PartNumber: number, ETag: ETag ?? '' }
}

async function completeUpload(
  bucket: Bucket,
  parts: readonly Part[],
  { key, id, onlyIfFree }: Putting & { readonly id: string },
): Promise<void> {
  const input = { ...at(bucket, key), UploadId: id, MultipartUpload: { Parts: [...parts] } }
  await bucket.ask((sdk, client, options) =>
    client.send(
      new sdk.CompleteMultipartUploadCommand({ ...input, ...(onlyIfFree ? { IfNoneMatch: '*' } : {}) }),
      options,
    ),
  )
}

async function abortUpload(bucket: Bucket, key: string, id: string): Promise<void> {
  await bucket
    .ask((sdk, client, options) =>
      client.send(new sdk.AbortMultipartUploadCommand({ ...at(bucket, key), UploadId: id }), options),
    )
    .catch(() => {})
}

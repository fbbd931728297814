import { AbsentError, InputError } from '../../errors.ts'
import { ChangedError } from '../checked.ts'
import { isAway, statusOf } from './client.ts'
import type { Location } from './location.ts'

const wrongKey: ReadonlySet<string> = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'InvalidToken',
  'AuthorizationHeaderMalformed',
])
const full: ReadonlySet<string> = new Set([
  'XMinioStorageFull',
  'InsufficientStorage',
  'QuotaExceeded',
  'EntityTooLarge',
])

/** An error of a store in S3, in words that name the key and say what to do. */
export function saidS3(error: unknown, location: Location, key: string | null): Error {
  if (error instanceof InputError || error instanceof AbsentError || error instanceof ChangedError) return error
  const { name, message } = error as Error
  if (name === 'AbortError') return error as Error
  const at = key === null ? location.name : `${location.name}/${key}`
  const host = location.endpoint ?? 'Amazon S3'
  const status = statusOf(error)
  const told = `${name}${status === undefined ? '' : `, ${status}`}`
  if (wrongKey.has(name))
    return new InputError(
      `${at}: ${host} refuses the credentials (${told}); look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE and the region`,
    )
  if (name === 'CredentialsProviderError' || /^Could not load credentials/.test(message))
    return new AbsentError(
      `${at}: no credentials found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE`,
    )
  if (name === 'NoSuchBucket')
    return new AbsentError(
      `${at}: there is no bucket ${location.bucket} at ${host}; make it (aws s3 mb s3://${location.bucket}) or write another`,
    )
  if (name === 'NoSuchKey' || name === 'NotFound') return new AbsentError(`${at}: there is no such key in the store`)
  if (status === 403)
    return new InputError(`${at}: ${host} does not allow it (${told}); give these credentials the right to it`)
  if (full.has(name) || status === 507 || /no space left|quota/i.test(message))
    return new AbsentError(`${at}: the store is full (${told}: ${message}); make room there and repeat`)
  if (name === 'BadDigest' || name === 'PreconditionFailed')
    return new ChangedError(`${at}: changed while it was moved (${told}); repeat`)
  if (/Region is missing/.test(message))
    return new InputError(`${at}: no region; write it as &region=… in the URL, or set AWS_REGION`)
  if (isAway(error))
    return new AbsentError(
      `${at}: ${host} does not answer (${(error as NodeJS.ErrnoException).code ?? name}); start it or write another endpoint, and repeat: what is there already stays`,
    )
  return new Error(`${at}: ${told}: ${message}`, { cause: error })
}

import { setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import type { Location } from './location.ts'

export type Sdk = typeof import('@aws-sdk/client-s3')

/** A bucket that can be asked. */
export interface Bucket {
  readonly location: Location
  readonly signal: AbortSignal | undefined
  /** Asks once, and again while a server that has answered before cannot be reached, for a minute at most. */
  ask<T>(request: (sdk: Sdk, client: S3Client, options: { abortSignal?: AbortSignal }) => Promise<T>): Promise<T>
  /** After a connection was lost in the middle of an answer: resolves when it is worth asking again, or throws the error. */
  lost(error: unknown): Promise<void>
}

const patienceMs = 60_000
const pauseMs = 500

/** Opens a bucket; the SDK is loaded, and the server asked, at the first request. */
export function openBucket(location: Location, signal?: AbortSignal): Bucket {
  let opened: Promise<{ sdk: Sdk; client: S3Client }> | null = null
  let answeredMs: number | null = null
  // Every request that is under way listens to it; more than ten are no leak.
  if (signal) setMaxListeners(0, signal)

  async function lost(error: unknown): Promise<void> {
    signal?.throwIfAborted()
    if (!isAway(error) || answeredMs === null || Date.now() - answeredMs > patienceMs) throw error
    await delay(pauseMs, undefined, signal && { signal })
  }

  return {
    location,
    signal,
    lost,
    async ask(request) {
      opened ??= connect(location)
      const { sdk, client } = await opened
      for (;;)
        try {
          const answer = await request(sdk, client, signal ? { abortSignal: signal } : {})
          answeredMs = Date.now()
          return answer
        } catch (error) {
          if (isAnswer(error)) answeredMs = Date.now()
          await lost(error)
        }
    },
  }
}

async function connect({ endpoint, region }: Location): Promise<{ sdk: Sdk; client: S3Client }> {
  // The SDK would print on standard error of every command that later versions of it want Node 22.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const sdk = await import('@aws-sdk/client-s3')
  const elsewhere = endpoint ?? process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL
  const assumed = elsewhere === undefined ? undefined : (process.env.AWS_REGION ?? 'us-east-1')
  const where = region ?? assumed
  const client = new sdk.S3Client({
    ...(where === undefined ? {} : { region: where }),
    ...(endpoint === null ? {} : { endpoint }),
    forcePathStyle: elsewhere !== undefined,
    // Many servers refuse or keep the CRC trailers that newer SDKs send of themselves; Content-MD5, which all know, stands in.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5000, socketTimeout: 60_000 },
  })
  return { sdk, client }
}

const awayCodes: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH'])

/** Whether an error says that the server cannot be reached, or went away. */
export function isAway(error: unknown): boolean {
  const { code, name, message } = error as NodeJS.ErrnoException
  return awayCodes.has(code) || name === 'TimeoutError' || message === 'aborted' || message === 'socket hang up'
}

function isAnswer(error: unknown): boolean {
  return statusOf(error) !== undefined
}

/** The HTTP status that a server answered with, where it did. */
export function statusOf(error: unknown): number | undefined {
  return (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode
}

import type { S3Client } from '@aws-sdk/client-s3'
import { type Settings, setting } from '../settings.ts'
import { answerWithinMs } from './in-time.ts'
import type { ServerKind } from './server.ts'

type Sdk = typeof import('@aws-sdk/client-s3')

/** The bucket that runs are kept in. */
export const bucket = 'hoplab'

const address = (port: number): string => `http://127.0.0.1:${port}`

/** An S3 server, asked with our credentials. */
export const s3: ServerKind = {
  address,
  prepare: (port, settings) =>
    asked(port, settings, async (sdk, client) => {
      const made = client.send(new sdk.CreateBucketCommand({ Bucket: bucket }))
      await made.catch((error: Error) => {
        if (!/^BucketAlready/.test(error.name)) throw error
      })
    }),
  ask: (port, settings) =>
    asked(port, settings, async (sdk, client) => {
      await client.send(new sdk.ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }))
      return null
    }),
}

async function asked<T>(
  port: number,
  settings: Settings,
  work: (sdk: Sdk, client: S3Client) => Promise<T>,
): Promise<T> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const sdk = await import('@aws-sdk/client-s3')
  const client = new sdk.S3Client({
    endpoint: address(port),
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: {
      accessKeyId: setting(settings, 'HOPLAB_S3_ACCESS_KEY'),
      secretAccessKey: setting(settings, 'HOPLAB_S3_SECRET_KEY'),
    },
    requestHandler: { connectionTimeout: answerWithinMs, requestTimeout: answerWithinMs },
  })
  return work(sdk, client).finally(() => client.destroy())
}

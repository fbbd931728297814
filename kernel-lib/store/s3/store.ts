import { stepsOf } from '../key.ts'
import type { ArtifactStore } from '../store.ts'
import { openBucket } from './client.ts'
import { getObject } from './get.ts'
import { listObjects } from './list.ts'
import type { Location } from './location.ts'
import { headObject } from './object.ts'
import { probeConditional } from './probe.ts'

import { putObject } from './put.ts'
import { partBytes } from './put-parts.ts'
import { saidS3 } from './said.ts'

/** A store in an S3 bucket. Objects are gzipped where that pays and carry the SHA-256 of their content; no key is ever put over. */
export function s3Store(location: Location, signal?: AbortSignal): ArtifactStore {
  const bucket = openBucket(location, signal)
  let probed: Promise<boolean> | null = null
  let large: Promise<unknown> = Promise.resolve()

  const said = <T>(key: string | null, work: Promise<T>): Promise<T> =>
    work.catch((error) => {
      throw saidS3(error, location, key)
    })

  function conditional(): Promise<boolean> {
    probed ??= probeConditional(bucket)
    probed.catch(() => {
      probed = null
    })
    return probed
  }

  return {
    name: location.name,
    async put(key, bytes, content) {
      stepsOf(key)
      const put = () => said(key, putObject(bucket, key, { bytes, content, conditional }))
      if (content.bytes <= partBytes) return put()
      // One large file at a time, so that parts in memory stay few.
      const turn = large.then(put)
      large = turn.catch(() => {})
      return turn
    },
    async *get(key, sha256) {
      stepsOf(key)
      try {
        yield* getObject(bucket, key, sha256)
      } catch (error) {
        throw saidS3(error, location, key)
      }
    },
    has: async (key) => (await said(key, headObject(bucket, key))) !== null,
    list: async (prefix) => (await said(prefix, listObjects(bucket, prefix))).keys,
    folders: async (folder) =>
      (await said(folder, listObjects(bucket, folder === '' ? '' : `${folder}/`, '/'))).folders,
  }
}

import { fileURLToPath } from 'node:url'
import { InputError } from '../errors.ts'
import { folderStore } from './folder.ts'
import { parseLocation } from './s3/location.ts'
import { s3Store } from './s3/store.ts'
import type { ArtifactStore } from './store.ts'

/**
 * The store that `--store` names: a folder's path, a `file:` URL, or `s3://bucket/prefix?endpoint=…&region=…`. Nothing is asked of a server yet.
 *
 * @param options `signal` ends what the store does then.
 * @throws InputError for any other scheme, and for a URL that is wrong.
 */
export function openStore(url: string, { signal }: { readonly signal?: AbortSignal | undefined } = {}): ArtifactStore {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase()
  if (url === '') throw new InputError('store "": write the path of a folder, or s3://bucket/prefix')
  if (scheme === undefined) return folderStore(url)
  if (scheme === 'file') return folderStore(fileURLToPath(url))
  if (scheme === 's3') return s3Store(parseLocation(url), signal)
  throw new InputError(
    `store "${url}": its scheme is unknown; write the path of a folder, a file: URL, or s3://bucket/prefix`,
  )
}

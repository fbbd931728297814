import { fileURLToPath } from 'node:url'
import { AbsentError, InputError } from '../errors.ts'
import { folderStore } from './folder.ts'
import type { ArtifactStore } from './store.ts'

/**
 * The store that `--store` names: a folder's path, or a `file:` URL.
 *
 * @throws AbsentError for `s3:`, InputError for any other scheme.
 */
export function openStore(url: string): ArtifactStore {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme === undefined) return folderStore(url)
  if (scheme === 'file') return folderStore(fileURLToPath(url))
  if (scheme === 's3') throw new AbsentError(`store "${url}": this version has no S3 store; write the path of a folder`)
  throw new InputError(`store "${url}": its scheme is unknown; write the path of a folder, or a file: URL`)
}

import type { Bucket } from './client.ts'
import { probePrefix } from './probe.ts'

/** What stands below a prefix: keys, and where a delimiter was given the folders. */
interface Listed {
  readonly keys: readonly string[]
  readonly folders: readonly string[]
}

/** Lists a bucket, page by page, as keys of the store. */
export async function listObjects({ ask, location }: Bucket, prefix: string, delimiter?: '/'): Promise<Listed> {
  const keys: string[] = []
  const folders: string[] = []
  const own = (key: string | undefined): string => (key ?? '').slice(location.prefix.length)
  let token: string | undefined
  do {
    const input = {
      Bucket: location.bucket,
      Prefix: location.prefix + prefix,
      ...(delimiter === undefined ? {} : { Delimiter: delimiter }),
      ...(token === undefined ? {} : { ContinuationToken: token }),
    }
    const page = await ask((sdk, client, options) => client.send(new sdk.ListObjectsV2Command(input), options))
    keys.push(...(page.Contents ?? []).map(({ Key }) => own(Key)).filter((key) => !isOther(key)))
    folders.push(...(page.CommonPrefixes ?? []).map((one) => own(one.Prefix).slice(prefix.length, -1)))
    token = page.IsTruncated ? page.NextContinuationToken : undefined
  } while (token !== undefined)
  return { keys: keys.sort(), folders: folders.filter((name) => name !== '').sort() }
}

/** Probes that could not be removed, and the marks of folders that some programs make. */
function isOther(key: string): boolean {
  return key.startsWith(probePrefix) || key.endsWith('/') || key === ''
}

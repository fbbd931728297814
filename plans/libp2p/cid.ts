import { CID } from 'multiformats/cid'
import { code as raw } from 'multiformats/codecs/raw'
import { create } from 'multiformats/hashes/digest'
import { sha256 } from 'multiformats/hashes/sha2'

/** The CID of a raw block whose SHA-256 digest (32 bytes) this is; there need not be such a block. */
export function cidOfDigest(digest: Uint8Array): CID {
  return CID.createV1(raw, create(sha256.code, digest))
}

export type { CID }

import { createHash } from 'node:crypto'

/** Host of all peers that are gone: kept for documentation (RFC 5737), so that it is nobody's and dials to it are swallowed. */
export const goneHost = '192.0.2.1'

/** What stands for the public key of a peer that is gone for good, by its number from 0: 32 bytes that are nobody's, drawn from the seed of the tables. */
export function gonePublicKey(seed: number, number: number): Uint8Array {
  return createHash('sha256').update(`hoplab gone ${seed}:${number}`).digest()
}

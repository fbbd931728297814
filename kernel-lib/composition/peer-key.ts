import { type Key, keyOfBytes } from '@hoplab/sdk'
import { base58btc } from 'multiformats/bases/base58'
import { CID } from 'multiformats/cid'
import { InputError } from '../errors.ts'

/**
 * A peer's key in the DHT key space: SHA-256 of the bytes of its peer id, which are a multihash.
 *
 * @param peerId Base58 (`Qm…`, `12D3Koo…`) or a CIDv1 in any usual base (`bafz…`, `k51…`).
 * @returns 32 bytes.
 * @throws InputError when the text is no peer id.
 */
export function peerKey(peerId: string): Key {
  return keyOfBytes(multihash(peerId))
}

function multihash(peerId: string): Uint8Array {
  try {
    return peerId.startsWith('1') ? base58btc.decode(`z${peerId}`) : CID.parse(peerId).multihash.bytes
  } catch {
    throw new InputError(
      `peer id ${JSON.stringify(peerId.slice(0, 80))}: not a peer id; it is base58 text as in Qm… or 12D3Koo…, or a CID as in bafz…`,
    )
  }
}

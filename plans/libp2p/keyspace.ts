import { type Key, keyOfBytes } from '@hoplab/sdk'
import type { PeerId } from '@libp2p/interface'

/** A peer's key: SHA-256 of the peer id's multihash bytes. */
export function keyOfPeer(peer: PeerId): Key {
  return keyOfBytes(peer.toMultihash().bytes)
}

import { createHash } from 'node:crypto'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import type { PeerId, PrivateKey } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'

/** A node's key pair and the peer id that follows from it. */
export interface Identity {
  readonly privateKey: PrivateKey
  readonly peerId: PeerId
}

/** The Ed25519 identity of node `seq` (from 1) in a run with this seed: the same everywhere, so that anyone can predict a run's peer ids. */
export async function identityOf(seed: number, seq: number): Promise<Identity> {
  const privateKey = await generateKeyPairFromSeed(
    'Ed25519',
    createHash('sha256').update(`hoplab identity ${seed}:${seq}`).digest(),
  )
  return { privateKey, peerId: peerIdFromPrivateKey(privateKey) }
}

import { privateKeyFromRaw } from '@libp2p/crypto/keys'
import type { PeerId, PrivateKey } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { publicKeyOf, secretOf } from './identities/derive.ts'

/** A node's key pair and the peer id that follows from it. */
export interface Identity {
  readonly privateKey: PrivateKey
  readonly peerId: PeerId
}

/** The Ed25519 identity of node `seq` (from 1) in a run with this seed: the same everywhere, so that anyone can predict a run's peer ids. */
export async function identityOf(seed: number, seq: number): Promise<Identity> {
  return identityWith({ seed, seq, publicKey: publicKeyOf(seed, seq) })
}

/** The same where its public key is known, which is most of the work. */
export function identityWith({
  seed,
  seq,
  publicKey,
}: {
  readonly seed: number
  readonly seq: number
  readonly publicKey: Uint8Array
}): Identity {
  const raw = new Uint8Array(64)
  raw.set(secretOf(seed, seq))
  raw.set(publicKey, 32)
  const privateKey = privateKeyFromRaw(raw)
  return { privateKey, peerId: peerIdFromPrivateKey(privateKey) }
}

import { createHash, createPrivateKey } from 'node:crypto'

/** What stands before the public key in the multihash of an Ed25519 peer id: an identity multihash of 36 bytes, in it the protobuf { type: Ed25519, data: 32 bytes }. */
const multihashPrefix = Buffer.from('002408011220', 'hex')

/** The key of the peer that has an Ed25519 public key: SHA-256 of its peer id's multihash, 32 bytes. */
export function keyOfPublicKey(publicKey: Uint8Array): Uint8Array {
  return createHash('sha256').update(multihashPrefix).update(publicKey).digest()
}

/** The Ed25519 public key of node `seq` (from 1) in a run with this seed, 32 bytes. By way of JWK, a tenth of the time that OpenSSL takes to decode PKCS #8: it computes the public key whatever `x` says. */
export function publicKeyOf(seed: number, seq: number): Uint8Array {
  const secret = secretOf(seed, seq).toString('base64url')
  const key = createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', d: secret, x: secret } })
  return Buffer.from(key.export({ format: 'jwk' }).x as string, 'base64url')
}

/** The secret of node `seq`, from which its key pair follows: SHA-256, 32 bytes. */
export function secretOf(seed: number, seq: number): Buffer {
  return createHash('sha256').update(`hoplab identity ${seed}:${seq}`).digest()
}

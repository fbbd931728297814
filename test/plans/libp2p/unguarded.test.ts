import type { PeerId } from '@libp2p/interface'
import { type ICryptoInterface, type NoiseComponents, noise, pureJsCrypto } from '@libp2p/noise'
import { multiaddrConnectionPair } from '@libp2p/utils'
import { Uint8ArrayList } from 'uint8arraylist'
import * as assert from 'uvu/assert'
import { type Identity, identityOf } from '../../../plans/libp2p/identity.ts'
import { preparePeerProcess } from '../../../plans/libp2p/process.ts'
import { quietLogger } from '../../../plans/libp2p/silent.ts'
import { unguardedCrypto } from '../../../plans/libp2p/unguarded.ts'
import { describe } from '../../suite.ts'

const bytes = (length: number, from = 0): Uint8Array => Uint8Array.from({ length }, (_, at) => (from + at) & 0xff)
const [key, nonce, ad, text] = [bytes(32, 1), bytes(12, 2), bytes(32, 3), bytes(100, 4)]
const { chaCha20Poly1305Encrypt: seal, chaCha20Poly1305Decrypt: unseal, hashSHA256: hash } = unguardedCrypto

/** All that is told of what Noise computes with, by length. */
const sizes = (crypto: ICryptoInterface): readonly number[] => {
  const [own, other] = [crypto.generateX25519KeyPair(), crypto.generateX25519KeyPairFromSeed(key)]
  const pairs = [own, other].flatMap(({ publicKey, privateKey }) => [publicKey, privateKey])
  const shared = crypto.generateX25519SharedKey(own.privateKey, other.publicKey)
  const sealed = [0, 1, 100].map((length) => crypto.chaCha20Poly1305Encrypt(bytes(length), nonce, ad, key))
  const all = [...pairs, shared, ...crypto.getHKDF(key, shared), crypto.hashSHA256(text), ...sealed]
  return all.map(({ byteLength }) => byteLength)
}

/** Whom each end of a connection met, the first of which expects the peer `expected`; where it refuses, the connection is over. */
async function meet(expected: Identity, there: Identity): Promise<readonly PromiseSettledResult<string>[]> {
  preparePeerProcess()
  const [out, back] = multiaddrConnectionPair()
  const [one, other] = [await identityOf(1, 1), there].map(({ privateKey }) =>
    noise({ crypto: unguardedCrypto })({
      privateKey,
      logger: quietLogger(),
      upgrader: { getStreamMuxers: () => new Map() },
    } as unknown as NoiseComponents),
  )
  const refuse = (error: Error): never => {
    out.abort(error)
    throw error
  }
  return Promise.allSettled([
    one?.secureOutbound(out, { remotePeer: expected.peerId }).then(met, refuse) ?? '',
    other?.secureInbound(back).then(met) ?? '',
  ])
}

const met = ({ remotePeer }: { readonly remotePeer: PeerId }): string => remotePeer.toString()

describe('Noise in a simulation', (test) => {
  test('makes keys, hashes and messages that are as long as with its own ciphers', () => {
    assert.equal(sizes(unguardedCrypto), sizes(pureJsCrypto))
  })

  test('gives both ends one secret, and another to others', () => {
    const pair = unguardedCrypto.generateX25519KeyPair
    const [a, b, c] = [pair(), pair(), pair()]
    const shared = unguardedCrypto.generateX25519SharedKey
    assert.equal(shared(a.privateKey, b.publicKey), shared(b.privateKey, a.publicKey))
    assert.not.equal(shared(a.privateKey, b.publicKey), shared(a.privateKey, c.publicKey))
  })

  test('hashes by each byte and its place, in one piece or several', () => {
    const texts = [text, text.slice(1), text.toReversed(), bytes(0), bytes(1), new Uint8Array(2), new Uint8Array(3)]
    const changed = Array.from(text, (byte, at) => text.with(at, byte ^ 1))
    const hashes = [...texts, ...changed].map((one) => Buffer.from(hash(one)).toString('hex'))
    assert.is(new Set(hashes).size, texts.length + text.length)
    assert.equal(hash(new Uint8ArrayList(text.slice(0, 33), text.slice(33))), hash(text))
    assert.is(new Set(unguardedCrypto.getHKDF(key, text).map(String)).size, 3)
  })

  test('reads what was sealed with the same key, number and handshake, and refuses all else', () => {
    const sealed = seal(text, nonce, ad, key).subarray()
    for (const one of [sealed, new Uint8ArrayList(sealed.slice(0, 50), sealed.slice(50, 110), sealed.slice(110))])
      assert.equal(new Uint8Array(unseal(one, nonce, ad, key).subarray()), text)
    const refused = /do not end in the tag of this key, number and handshake/
    for (const other of [0, 15, 31]) {
      assert.throws(() => unseal(sealed, nonce, ad, key.with(other, 99)), refused)
      assert.throws(() => unseal(sealed, nonce, ad.with(other, 99), key), refused)
    }
    assert.throws(() => unseal(sealed, nonce.with(4, 99), ad, key), refused)
    assert.throws(() => unseal(sealed.slice(0, -1), nonce, ad, key), refused)
    assert.throws(() => unseal(sealed.slice(0, 15), nonce, ad, key), /15 bytes/)
  })

  test('proves to each end who the other is, and refuses one that is not who was dialed', async () => {
    const [here, there, other] = await Promise.all([1, 2, 3].map((seq) => identityOf(1, seq)))
    if (!here || !there || !other) throw new Error('no identities')
    assert.equal(await meet(there, there), [
      { status: 'fulfilled', value: `${there.peerId}` },
      { status: 'fulfilled', value: `${here.peerId}` },
    ])
    const [refused] = await meet(other, there)
    assert.is(refused?.status === 'rejected' && refused.reason.name, 'UnexpectedPeerError')
  })
})

import nodeCrypto, { type KeyObject } from 'node:crypto'

type Kind = 'private' | 'public'

/** Encodings of RFC 8410 up to the 32 bytes of the key, as hex. */
const prefixes: readonly (readonly [prefix: string, kind: Kind, curve: 'X25519' | 'Ed25519'])[] = [
  ['302e020100300506032b656e04220420', 'private', 'X25519'],
  ['302e020100300506032b657004220420', 'private', 'Ed25519'],
  ['302a300506032b656e032100', 'public', 'X25519'],
  ['302a300506032b6570032100', 'public', 'Ed25519'],
]
const keyBytes = 32
/** Keys that are remembered; a handshake names each of its own several times. */
const most = 4096

interface Encoded {
  readonly key: Uint8Array | nodeCrypto.JsonWebKey
  readonly format: string
}

/** Has keys of these curves made from their bytes, where OpenSSL's decoder takes a dozen times as long, and those of the last thousands made once: half of a simulated handshake. What comes out is the same. */
export function quickenKeys(): void {
  const { createPrivateKey, createPublicKey } = nodeCrypto
  const makers = {
    private: (curve: string, bytes: string): KeyObject =>
      createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: curve, d: bytes, x: bytes } }),
    public: (curve: string, bytes: string): KeyObject =>
      createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: curve, x: bytes } }),
  }
  const remembered = memory()

  function fromDer(key: Uint8Array, wanted: Kind): KeyObject | null {
    const hex = Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('hex')
    const [prefix, kind, curve] = prefixes.find(([begin]) => hex.startsWith(begin)) ?? []
    if (prefix === undefined || kind !== wanted || hex.length !== prefix.length + 2 * keyBytes) return null
    const bytes = (): string => Buffer.from(hex.slice(prefix.length), 'hex').toString('base64url')
    return remembered(hex, () => makers[kind](curve as string, bytes()))
  }

  const quick =
    (wanted: Kind, make: (given: never) => KeyObject) =>
    (given: never): KeyObject => {
      const { key, format } = (given ?? {}) as Partial<Encoded>
      if (format === 'der' && key instanceof Uint8Array) return fromDer(key, wanted) ?? make(given)
      if (format !== 'jwk' || key === undefined || !isOctet(key)) return make(given)
      return remembered(`${wanted} ${key.crv} ${key.d} ${key.x}`, () => make(given))
    }

  Object.assign(nodeCrypto, {
    createPrivateKey: quick('private', createPrivateKey),
    createPublicKey: quick('public', createPublicKey),
  })
}

function isOctet(key: object): key is nodeCrypto.JsonWebKey {
  return 'kty' in key && key.kty === 'OKP'
}

/** Makes what goes by a name once, as long as it is among the last. */
function memory(): (name: string, make: () => KeyObject) => KeyObject {
  const known = new Map<string, KeyObject>()
  return (name, make) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const made = make()
    if (known.size >= most) known.delete(known.keys().next().value as string)
    known.set(name, made)
    return made
  }
}

import nodeCrypto, { type KeyObject } from 'node:crypto'

/** PKCS #8 of RFC 8410 up to the 32 bytes of the key. */
const headers: Readonly<Record<string, string>> = {
  x25519: '302e020100300506032b656e04220420',
  ed25519: '302e020100300506032b657004220420',
}

interface Curve {
  /** OpenSSL's name. */
  readonly name: string
  /** Its name in a JSON Web Key. */
  readonly crv: string
  readonly bytes: number
  /** Bits of the first byte that a key may have. */
  readonly mask: number
}

const curves: readonly Curve[] = [
  { name: 'prime256v1', crv: 'P-256', bytes: 32, mask: 0xff },
  { name: 'secp384r1', crv: 'P-384', bytes: 48, mask: 0xff },
  { name: 'secp521r1', crv: 'P-521', bytes: 66, mask: 0x01 },
  { name: 'secp256k1', crv: 'secp256k1', bytes: 32, mask: 0xff },
]

/** Private keys that are made of drawn bytes; null where it is not known how. */
export function ellipticKey(
  type: string,
  namedCurve: string | undefined,
  draw: (length: number) => Buffer,
): KeyObject | null {
  const header = headers[type.toLowerCase()]
  if (header !== undefined) {
    const key = Buffer.concat([Buffer.from(header, 'hex'), draw(32)])
    return nodeCrypto.createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  }
  const curve = curves.find(({ name, crv }) => name === namedCurve || crv === namedCurve)
  return type === 'ec' && curve !== undefined ? onCurve(curve, draw) : null
}

function onCurve({ name, crv, bytes, mask }: Curve, draw: (length: number) => Buffer): KeyObject {
  const ecdh = nodeCrypto.createECDH(name)
  const d = secretOf(ecdh, () => {
    const drawn = draw(bytes)
    drawn[0] = (drawn[0] as number) & mask
    return drawn
  })
  const point = ecdh.getPublicKey().subarray(1)
  const [x, y] = [point.subarray(0, bytes), point.subarray(bytes)].map((half) => half.toString('base64url'))
  const key = { kty: 'EC', crv, x, y, d: d.toString('base64url') } as nodeCrypto.JsonWebKey
  return nodeCrypto.createPrivateKey({ key, format: 'jwk' })
}

/** Draws until it is below the order of the curve, which nearly every draw is. */
function secretOf(ecdh: nodeCrypto.ECDH, draw: () => Buffer): Buffer {
  for (;;) {
    const drawn = draw()
    try {
      ecdh.setPrivateKey(drawn)
      return drawn
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_CRYPTO_INVALID_KEYTYPE') throw error
    }
  }
}

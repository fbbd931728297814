import nodeCrypto, { type KeyObject, type webcrypto } from 'node:crypto'
import type { Holes } from '../outside/holes.ts'
import { replace } from '../outside/replace.ts'
import { ellipticKey } from './elliptic.ts'

type Usage = webcrypto.KeyUsage

interface Algorithm {
  readonly name: string
  readonly namedCurve?: string
  readonly length?: number
  readonly hash?: string | { readonly name: string }
}

interface Order {
  readonly algorithm: Algorithm
  readonly extractable: boolean
  readonly usages: readonly Usage[]
}

/** What may be done with the public half. */
const publicUsages = new Set<Usage>(['verify', 'encrypt', 'wrapKey'])

/** Has keys of Web Crypto made from the seeded stream; RSA, Ed448 and X448 are told as holes. */
export function replaceWebKeys(draw: (length: number) => Buffer, holes: Holes): void {
  const { subtle } = nodeCrypto.webcrypto
  const importKey = subtle.importKey.bind(subtle)

  async function secret(length: number, { algorithm, extractable, usages }: Order): Promise<webcrypto.CryptoKey> {
    return importKey('raw', draw(length), algorithm as never, extractable, [...usages])
  }

  async function pair(key: KeyObject, { algorithm, extractable, usages }: Order): Promise<webcrypto.CryptoKeyPair> {
    const isPublic = (usage: Usage): boolean => publicUsages.has(usage)
    const publicKey = nodeCrypto.createPublicKey(key).export({ format: 'der', type: 'spki' })
    const privateKey = key.export({ format: 'der', type: 'pkcs8' })
    const mine = usages.filter((usage) => !isPublic(usage))
    return {
      publicKey: await importKey('spki', publicKey, algorithm as never, true, usages.filter(isPublic)),
      privateKey: await importKey('pkcs8', privateKey, algorithm as never, extractable, mine),
    }
  }

  replace(
    Object.getPrototypeOf(subtle),
    'generateKey',
    (call) =>
      function (given, extractable, usages) {
        const algorithm: Algorithm = typeof given === 'string' ? { name: given } : (given as Algorithm)
        const order: Order = { algorithm, extractable: extractable as boolean, usages: usages as Usage[] }
        const bytes = secretBytes(algorithm)
        if (bytes !== null) return secret(bytes, order)
        const type = /^ec(dsa|dh)$/i.test(algorithm.name) ? 'ec' : algorithm.name
        const key = ellipticKey(type, algorithm.namedCurve, draw)
        if (key !== null) return pair(key, order)
        holes.found(`crypto.subtle.generateKey("${algorithm.name}")`)
        return call.call(this, given, extractable, usages)
      },
  )
}

/** Length of a secret key, or null where the algorithm has none. A key for HMAC is as long as a block of its hash. */
function secretBytes({ name, length, hash }: Algorithm): number | null {
  if (/^aes-/i.test(name)) return (length ?? 0) >> 3
  if (!/^hmac$/i.test(name)) return null
  const hashName = typeof hash === 'string' ? hash : (hash?.name ?? '')
  return length === undefined ? (/(384|512)$/.test(hashName) ? 128 : 64) : length >> 3
}

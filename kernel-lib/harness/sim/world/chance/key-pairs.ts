import nodeCrypto, { type KeyObject } from 'node:crypto'
import type { Holes } from '../outside/holes.ts'
import { replace } from '../outside/replace.ts'
import { ellipticKey } from './elliptic.ts'

interface Options {
  readonly namedCurve?: string
  readonly length?: number
  readonly privateKeyEncoding?: Parameters<KeyObject['export']>[0]
  readonly publicKeyEncoding?: Parameters<KeyObject['export']>[0]
}
type Done = (error: Error | null, ...made: unknown[]) => void

/** Has keys of node:crypto made from the seeded stream: secret ones, X25519, Ed25519, and EC on the curves of JSON Web Keys. Other kinds and primes are told as holes, for OpenSSL draws for them itself. */
export function replaceKeyPairs(draw: (length: number) => Buffer, holes: Holes): void {
  function pair(type: string, options: Options = {}): { privateKey: unknown; publicKey: unknown } | null {
    const privateKey = ellipticKey(type, options.namedCurve, draw)
    if (privateKey === null) return null
    const publicKey = nodeCrypto.createPublicKey(privateKey)
    return {
      publicKey: options.publicKeyEncoding ? publicKey.export(options.publicKeyEncoding as never) : publicKey,
      privateKey: options.privateKeyEncoding ? privateKey.export(options.privateKeyEncoding as never) : privateKey,
    }
  }

  const secret = ({ length = 0 }: Options): KeyObject => nodeCrypto.createSecretKey(draw(length >> 3))

  replace(nodeCrypto, 'generateKeyPairSync', (call) => (type, options) => {
    const made = pair(type as string, options as Options)
    if (made !== null) return made
    holes.found(`crypto.generateKeyPairSync("${type}")`)
    return call(type, options)
  })
  replace(nodeCrypto, 'generateKeyPair', (call) => (...values) => {
    const [type, options] = values as [string, Options]
    const made = pair(type, options)
    if (made !== null) return queueMicrotask(() => (values.at(-1) as Done)(null, made.publicKey, made.privateKey))
    holes.found(`crypto.generateKeyPair("${type}")`)
    return call(...values)
  })
  replace(nodeCrypto, 'generateKeySync', () => (_type, options) => secret(options as Options))
  replace(nodeCrypto, 'generateKey', () => (_type, options, done) => {
    const made = secret(options as Options)
    queueMicrotask(() => (done as Done)(null, made))
  })
  for (const name of ['generatePrime', 'generatePrimeSync'] as const) told(nodeCrypto, name, holes)
  for (const name of ['ECDH', 'DiffieHellman', 'DiffieHellmanGroup'] as const)
    told(nodeCrypto[name].prototype, 'generateKeys', holes)
}

function told(owner: object, name: string, holes: Holes): void {
  replace(
    owner,
    name,
    (call) =>
      function (...values) {
        holes.found(`crypto.${name}`)
        return call.apply(this, values)
      },
  )
}

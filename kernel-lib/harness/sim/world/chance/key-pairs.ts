import nodeCrypto, { type KeyObject } from 'node:crypto'
import type { Holes } from '../outside/holes.ts'

/** PKCS #8 of RFC 8410 up to the 32 bytes of the key. */
const headers: Readonly<Record<string, string>> = {
  x25519: '302e020100300506032b656e04220420',
  ed25519: '302e020100300506032b657004220420',
}

interface Encodings {
  readonly privateKeyEncoding?: Parameters<KeyObject['export']>[0]
  readonly publicKeyEncoding?: Parameters<KeyObject['export']>[0]
}
type KeyPair = { readonly privateKey: unknown; readonly publicKey: unknown }
type Made = (error: Error | null, publicKey?: unknown, privateKey?: unknown) => void

/** Has X25519 and Ed25519 keys made from the seeded stream; other kinds are told as holes, for OpenSSL draws for them itself. */
export function replaceKeyPairs(draw: (length: number) => Buffer, holes: Holes): void {
  const { generateKeyPairSync, generateKeyPair } = nodeCrypto

  function pair(type: string, encodings: Encodings = {}): KeyPair | null {
    const header = headers[type]
    if (header === undefined) return null
    const key = Buffer.concat([Buffer.from(header, 'hex'), draw(32)])
    const privateKey = nodeCrypto.createPrivateKey({ key, format: 'der', type: 'pkcs8' })
    const publicKey = nodeCrypto.createPublicKey(privateKey)
    return {
      privateKey: encodings.privateKeyEncoding ? privateKey.export(encodings.privateKeyEncoding as never) : privateKey,
      publicKey: encodings.publicKeyEncoding ? publicKey.export(encodings.publicKeyEncoding as never) : publicKey,
    }
  }

  const foreign = (type: string): void => holes.found(`crypto.generateKeyPair("${type}")`)
  Object.assign(nodeCrypto, {
    generateKeyPairSync(type: string, encodings?: Encodings) {
      const made = pair(type, encodings)
      if (made !== null) return made
      foreign(type)
      return (generateKeyPairSync as (...values: unknown[]) => unknown)(type, encodings)
    },
    generateKeyPair(type: string, encodings: Encodings, done: Made) {
      const made = pair(type, encodings)
      if (made !== null) return queueMicrotask(() => done(null, made.publicKey, made.privateKey))
      foreign(type)
      return (generateKeyPair as (...values: unknown[]) => unknown)(type, encodings, done)
    },
  })
}

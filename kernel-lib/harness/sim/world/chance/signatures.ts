import nodeCrypto, { KeyObject } from 'node:crypto'
import type { Holes } from '../outside/holes.ts'
import { replace } from '../outside/replace.ts'

/** Kinds of keys whose signatures hold a draw of OpenSSL's. */
const drawing = new Set<string | undefined>(['ec', 'dsa', 'rsa-pss'])
const drawingWeb = /^(ECDSA|RSA-PSS|RSA-OAEP)$/i

/** Tells signatures and encryptions that hold a draw which cannot be seeded: ECDSA, DSA, RSA-PSS, and encryption with RSA. */
export function watchSignatures(holes: Holes): void {
  for (const [owner, label, at] of [
    [nodeCrypto, 'crypto.sign', 2],
    [nodeCrypto.Sign.prototype, 'crypto.Sign.sign', 0],
  ] as const)
    replace(
      owner,
      'sign',
      (call) =>
        function (...values) {
          const kind = drawnBy(values[at])
          if (kind !== null) holes.found(`${label} (${kind})`)
          return call.apply(this, values)
        },
    )
  replace(nodeCrypto, 'publicEncrypt', (call) => (...values) => {
    holes.found('crypto.publicEncrypt')
    return call(...values)
  })
  for (const name of ['sign', 'encrypt'])
    replace(
      Object.getPrototypeOf(nodeCrypto.webcrypto.subtle),
      name,
      (call) =>
        function (...values) {
          const [given] = values as [string | { name: string } | undefined]
          const algorithm = typeof given === 'string' ? given : (given?.name ?? '')
          if (drawingWeb.test(algorithm)) holes.found(`crypto.subtle.${name} (${algorithm})`)
          return call.apply(this, values)
        },
    )
}

/** The kind of a key whose signatures hold a draw; null where they hold none. */
function drawnBy(given: unknown): string | null {
  const { key, padding } = isPlain(given) ? given : { key: given, padding: undefined }
  if (padding === nodeCrypto.constants.RSA_PKCS1_PSS_PADDING) return 'rsa-pss'
  const kind = kindOf(key, given)
  return kind !== undefined && drawing.has(kind) ? kind : null
}

function isPlain(given: unknown): given is { readonly key: unknown; readonly padding?: number } {
  return typeof given === 'object' && given !== null && 'key' in given
}

/** What the key is; nothing where it is none, which the signing itself will tell. */
function kindOf(key: unknown, given: unknown): string | undefined {
  if (key instanceof KeyObject) return key.asymmetricKeyType
  try {
    return nodeCrypto.createPrivateKey(given as string).asymmetricKeyType
  } catch {
    return undefined
  }
}

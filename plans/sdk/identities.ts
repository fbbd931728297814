const schema = 'hoplab/identities/1'

/**
 * The file of a warm network's identities, which a plan's own program makes before time begins: `headerBytes` of text, the header as JSON padded
 * with spaces to a line break, then `rowBytes` for each node, in rising order of the keys: key (32 bytes), public key (32 bytes), position from 1 (4 bytes,
 * little-endian). The schema's number changes with the derivation.
 */
export const identitiesFile = { schema, headerBytes: 256, rowBytes: 68, keyAt: 0, publicKeyAt: 32, seqAt: 64 } as const

/** What a file of identities says about itself. */
export interface IdentitiesHeader {
  /** What the identities follow from, beside their positions. */
  readonly seed: number
  /** Rows. */
  readonly size: number
  /** SHA-256 of the rows, hexadecimal. */
  readonly sha256: string
}

/** The first bytes of a file of identities. */
export function identitiesHeader({ seed, size, sha256 }: IdentitiesHeader): Uint8Array {
  const text = JSON.stringify({ schema, seed, size, sha256 })
  return new TextEncoder().encode(`${text.padEnd(identitiesFile.headerBytes - 1)}\n`)
}

/**
 * Reads the first bytes of a file of identities; `file` is its name in what is thrown.
 *
 * @throws Error where they are no header, or of another schema.
 */
export function readIdentitiesHeader(bytes: Uint8Array, file: string): IdentitiesHeader {
  const header = parsed(new TextDecoder().decode(bytes.subarray(0, identitiesFile.headerBytes)))
  const { seed, size, sha256 } = header
  if (header.schema !== schema || !Number.isSafeInteger(seed) || !Number.isSafeInteger(size) || !isDigest(sha256))
    throw new Error(`${file} is no file of identities (${schema}); remove it, and the next run makes it anew`)
  return { seed: seed as number, size: size as number, sha256: sha256 as string }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(text) ?? {}) as Readonly<Record<string, unknown>>
  } catch {
    return {}
  }
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}

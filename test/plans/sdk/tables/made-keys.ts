/** Bytes of keys from their first bits; the other bits are the key's place, so that keys differ. */
export function keysOf(...prefixes: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(prefixes.length * 32)
  for (const [i, prefix] of prefixes.entries()) {
    for (const [bit, digit] of [...prefix].entries())
      if (digit === '1') bytes[i * 32 + (bit >>> 3)] = (bytes[i * 32 + (bit >>> 3)] ?? 0) | (128 >>> (bit & 7))
    bytes[i * 32 + 31] = i
  }
  return bytes
}

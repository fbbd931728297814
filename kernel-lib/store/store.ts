/** A place that keeps artifacts. Keys are `<run>/<group>/<index>/<file>`, with forward slashes; the record of a run is `<run>/record.json`. */
export interface ArtifactStore {
  /**
   * Keeps bytes under a key, whole or not at all; what is there under that key with the same content stays as it is.
   *
   * @param sha256 Of the bytes, 64 hexadecimal digits; other bytes are refused.
   * @throws Error when the bytes are not those, or the key holds others.
   */
  put(key: string, bytes: AsyncIterable<Uint8Array>, sha256: string): Promise<void>
  /**
   * Gives the bytes of a key.
   *
   * @param sha256 What they must be; an error at the end of the stream tells that they are not. Null reads unchecked.
   * @throws Error when there is no such key.
   */
  get(key: string, sha256: string | null): AsyncIterable<Uint8Array>
  /** Every key that begins with `prefix`, sorted. */
  list(prefix: string): Promise<readonly string[]>
  has(key: string): Promise<boolean>
}

/** What a file must be: its size and the SHA-256 of its bytes, 64 hexadecimal digits, as a record's artifact says them. */
export interface Content {
  readonly bytes: number
  readonly sha256: string
}

/** What a put cost. */
export interface Sent {
  /** Bytes that moved to the store, as they are kept there; 0 where all was there already. */
  readonly sentBytes: number
}

/** A place that keeps artifacts. Keys are `<run>/<group>/<index>/<file>`, with forward slashes; the record of a run is `<run>/record.json`. */
export interface ArtifactStore {
  /** What people call it, without secrets. */
  readonly name: string
  /**
   * Keeps bytes under a key, whole or not at all; what is there under that key with the same content stays as it is.
   *
   * @param content What the bytes must be; others are refused.
   * @throws Error when the bytes are not those, or the key holds others.
   */
  put(key: string, bytes: AsyncIterable<Uint8Array>, content: Content): Promise<Sent>
  /**
   * Gives the bytes of a key.
   *
   * @param sha256 What they must be; an error at the end of the stream tells that they are not. Null takes what the store itself knows of them.
   * @throws Error when there is no such key.
   */
  get(key: string, sha256: string | null): AsyncIterable<Uint8Array>
  /** Every key that begins with `prefix`, sorted. */
  list(prefix: string): Promise<readonly string[]>
  /** The folders one step below a folder, sorted, without slashes: the runs of a store below ''. */
  folders(folder: string): Promise<readonly string[]>
  has(key: string): Promise<boolean>
}

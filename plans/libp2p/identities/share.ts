/** What the threads that derive identities share. */
export interface Share {
  readonly seed: number
  readonly size: number
  /** 32 bytes for each node, by position. */
  readonly keys: SharedArrayBuffer
  readonly publicKeys: SharedArrayBuffer
  /** One number: positions that were taken so far. */
  readonly taken: SharedArrayBuffer
}

/** Positions that are derived in one go; each such step is told. */
export const stepSize = 1000

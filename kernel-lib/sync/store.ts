/** What the sync service keeps: counters (states) and append-only lists of JSON texts (topics), by key. Operations take effect in the order in which they were called, and nothing is forgotten while the store lives. */
export interface SyncStore {
  /** Whether others write to the same keys past the service, as SDKs of Testground's Redis generation do. */
  readonly shared: boolean
  /** Aborts, with an Error as reason, once the store is gone for good; every operation rejects from then on. */
  readonly gone: AbortSignal
  /** Adds one to a counter; resolves to its new value, 1 for the first. */
  signal(state: string): Promise<number>
  count(state: string): Promise<number>
  /** Appends to a list; resolves to the 1-based position. */
  append(topic: string, text: string): Promise<number>
  /** At most `limit` entries from position `from` (0-based) on. */
  read(topic: string, from: number, limit: number): Promise<readonly string[]>
  /** Calls `listener` with the new value or length after each change of a key, and once more when the store is gone, until the returned function is called. */
  watch(key: string, listener: (size: number) => void): () => void
  close(): Promise<void>
}

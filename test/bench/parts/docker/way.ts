/** One launch of some containers and their removal, as measured. */
export interface Took {
  /** From nothing to all up, networks included. ms. */
  readonly upMs: number
  /** From all up to nothing of them left, networks included. ms. */
  readonly downMs: number
  /** CPU that the engine took until all were up, over all of them; null where /proc does not tell. ms. */
  readonly cpuMs: number | null
  /** Parts of `upMs` by name, where the way tells them. ms. */
  readonly parts: Readonly<Record<string, number>>
}

/** A way to have containers: same image, one network that is shared and one more. */
export interface Way {
  readonly name: string
  /** Starts and removes so many, and leaves nothing even where it fails or `signal` is aborted. */
  measure(count: number, signal: AbortSignal): Promise<Took>
}

/** What befalls a node: it crashes, after that it is started again, or it is gone for good. */
export type LifeChange = 'crashed' | 'restarted' | 'gone'

/** What happens to an instance's node while its program goes on. */
export interface Life {
  /** Whether the node is to run now. */
  readonly up: boolean
  /** Calls `listener` after each change, until the returned function is called. */
  watch(listener: (change: LifeChange) => void): () => void
}

/** A life without crashes. */
export const unbroken: Life = { up: true, watch: () => () => {} }

/** Something that was asked for and may take long. */
export interface Pending {
  readonly done: Promise<void>
  /** Ends it, where it is not over. */
  cancel(): void
}

/** Begins something that ends by one of two calls, and returns how to cancel it. */
export function pending(begin: (done: () => void, failed: (error: Error) => void) => () => void): Pending {
  let cancel = (): void => {}
  const done = new Promise<void>((resolve, reject) => {
    cancel = begin(resolve, reject)
  })
  return { done, cancel }
}

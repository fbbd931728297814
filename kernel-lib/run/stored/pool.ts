/** Work that goes on side by side, so many at a time. */
export interface Pool {
  /** Resolves when the job has begun. Throws what an earlier job threw. */
  add(job: () => Promise<void>): Promise<void>
  /** Resolves when every job has ended. Throws what one threw. */
  done(): Promise<void>
}

/** An empty pool; after a failure it begins nothing more. */
export function pool(width: number): Pool {
  const running = new Set<Promise<void>>()
  let failure: { readonly error: unknown } | null = null
  const rethrow = (): void => {
    if (failure !== null) throw failure.error
  }
  return {
    async add(job) {
      while (running.size >= width) await Promise.race(running)
      rethrow()
      const one = job()
        .catch((error: unknown) => {
          failure ??= { error }
        })
        .finally(() => running.delete(one))
      running.add(one)
    },
    async done() {
      await Promise.all(running)
      rethrow()
    },
  }
}

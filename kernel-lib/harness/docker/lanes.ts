/** Does `work` for each of `items`, at most `width` at a time, in their order. Rejects with the first error when no more is under way. */
export async function inLanes<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items]
  const lane = async (): Promise<void> => {
    while (queue.length > 0) await work(queue.shift() as T)
  }
  const lanes = await Promise.allSettled(Array.from({ length: width }, lane))
  const failed = lanes.find((one): one is PromiseRejectedResult => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

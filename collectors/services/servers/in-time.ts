/** How long a server that does well may take for an answer. */
export const answerWithinMs = 10_000

/** What work comes to; rejects where it takes longer than a server that does well. A server that drops connections can leave a request that keeps no process alive: this does. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${answerWithinMs / 1000} s`)), answerWithinMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

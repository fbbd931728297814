import type { Redis } from 'ioredis'

/** What sdk-go 0.2.7 and before says to Redis, by the same commands. */
export interface OldSdk {
  signal(state: string): Promise<number>
  /** Asks again and again, as those SDKs do. */
  barrier(state: string, target: number): Promise<void>
  publish(topic: string, payload: unknown): Promise<number>
  publishEvent(topic: string, event: unknown): Promise<void>
  /** JSON texts of the first `count` entries, each once, as they come. */
  subscribe(topic: string, count: number): Promise<string[]>
}

const pollMs = 5

/** One for every call of `connect`: a subscription blocks its connection. */
export function oldSdk(connect: () => Redis): OldSdk {
  const redis = connect()
  return {
    signal: (state) => redis.incr(state),
    async barrier(state, target) {
      while (Number((await redis.mget(state))[0] ?? 0) < target)
        await new Promise((resolve) => setTimeout(resolve, pollMs))
    },
    async publish(topic, payload) {
      const answers = await redis.multi().xadd(topic, '*', 'p', JSON.stringify(payload)).xlen(topic).exec()
      return answers?.[1]?.[1] as number
    },
    async publishEvent(topic, event) {
      await redis.xadd(topic, '*', 'p', JSON.stringify(event))
    },
    async subscribe(topic, count) {
      const own = connect()
      const texts: string[] = []
      for (let id = '0'; texts.length < count; ) {
        const found = await own.xread('COUNT', 10, 'BLOCK', 0, 'STREAMS', topic, id)
        for (const [entry, fields] of found?.[0]?.[1] ?? []) {
          id = entry
          texts.push(fields[1] as string)
        }
      }
      own.disconnect()
      return texts
    },
  }
}

import type { Redis } from 'ioredis'
import { globOf } from './changes.ts'

const pageLength = 1000

/** Removes every key that begins with a prefix, whoever wrote it, and no other. */
export async function removeKeys(redis: Redis, prefix: string): Promise<void> {
  let cursor = '0'
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `${globOf(prefix)}*`, 'COUNT', pageLength)
    if (keys.length > 0) await redis.del(...keys)
    cursor = next
  } while (cursor !== '0')
}

import type { Redis } from 'ioredis'

/** Entries of a stream after an id, in order: their ids, and the JSON texts in their field `p` (`null` where an entry has none). */
export async function readStream(
  redis: Redis,
  topic: string,
  { after, count }: { readonly after: string; readonly count: number },
): Promise<readonly (readonly [id: string, text: string])[]> {
  const found = await redis.xread('COUNT', count, 'STREAMS', topic, after)
  return (found?.[0]?.[1] ?? []).map(([id, fields]) => {
    const at = fields.findIndex((name, index) => index % 2 === 0 && name === 'p')
    return [id, (at === -1 ? undefined : fields[at + 1]) ?? 'null']
  })
}

import type { Redis } from 'ioredis'
import type { Connections } from './connect.ts'

/** What is done to a key that the store follows. */
export type Change = 'counter' | 'list'

interface Heard {
  /** What the keys of the run begin with. */
  readonly prefix: string
  readonly database: number
  /** A key of the run was changed by anybody. */
  onChange(key: string, change: Change): void
  /** Changes may have passed unheard: look at everything. */
  onDoubt(): void
}

const flags = 'K$t'
const kinds: Readonly<Record<string, Change>> = { incrby: 'counter', xadd: 'list' }
/** Where notifications come: only against a lost one. */
const rareMs = 1000
/** Where the server refuses to notify. */
const oftenMs = 20

/**
 * Hears of every change to the run's keys by keyspace notifications (a fraction of a millisecond after the change), which it turns on at the server, adding to what is on there and leaving them on for the other runs.
 * A server that refuses to be configured is asked every 20 ms instead. Returns how to stop.
 */
export async function hearChanges({ commands, changes }: Connections, heard: Heard): Promise<() => void> {
  const notified = await notify(commands)
  const channel = `__keyspace@${heard.database}__:`
  if (notified) {
    changes.on('pmessage', (_, from: string, event: string) => {
      const kind = kinds[event]
      if (kind !== undefined) heard.onChange(from.slice(channel.length), kind)
    })
    await changes.psubscribe(`${channel}${globOf(heard.prefix)}*`)
  }
  const timer = setInterval(heard.onDoubt, notified ? rareMs : oftenMs)
  return () => clearInterval(timer)
}

async function notify(redis: Redis): Promise<boolean> {
  try {
    const [, found = ''] = (await redis.config('GET', 'notify-keyspace-events')) as string[]
    const missing = [...flags].filter((flag) => !found.includes(flag) && (flag === 'K' || !found.includes('A')))
    if (missing.length > 0) await redis.config('SET', 'notify-keyspace-events', `${found}${missing.join('')}`)
    return true
  } catch (error) {
    if (redis.status !== 'ready') throw error
    return false
  }
}

/** A pattern of Redis that matches this text alone. */
export function globOf(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&')
}

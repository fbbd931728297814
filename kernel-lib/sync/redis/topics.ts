import type { Redis } from 'ioredis'
import type { SyncStore } from '../store.ts'
import type { Followed } from './followed.ts'
import type { Presence } from './gone.ts'
import { type Mirror, mirror } from './mirror.ts'
import { readStream } from './stream.ts'

/** Both in one step, so that the length is the entry's own position. */
const appendScript = `local id = redis.call('XADD', KEYS[1], '*', 'p', ARGV[1]) return {id, redis.call('XLEN', KEYS[1])}`

/** The lists of a store, as streams; who watches one reads from its mirror as long as nobody told of more. */
export function topics(
  commands: Redis,
  ask: Presence['ask'],
  watched: Followed,
): Pick<SyncStore, 'append' | 'read'> & { length(topic: string): Promise<number> } {
  const mirrors = new Map<string, Mirror>()

  function mirrorOf(topic: string): Mirror {
    const found = mirrors.get(topic) ?? mirror((id, count) => ask(readStream(commands, topic, { after: id, count })))
    mirrors.set(topic, found)
    return found
  }

  return {
    length: (topic) => ask(commands.xlen(topic)),
    async append(topic, text) {
      const [id, position] = (await ask(commands.eval(appendScript, 1, topic, text))) as [string, number]
      mirrors.get(topic)?.take({ position, id, text })
      watched.tell(topic, position)
      return position
    },
    async read(topic, from, limit) {
      const { texts, catchUp } = mirrorOf(topic)
      const known = watched.size(topic)
      if (known === -1 || texts.length < known) {
        await catchUp()
        watched.tell(topic, texts.length)
      }
      return texts.slice(from, from + limit)
    },
  }
}

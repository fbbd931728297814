import type { SyncStore } from '../store.ts'
import { redisAddress } from './address.ts'
import { type Change, hearChanges } from './changes.ts'
import { connect } from './connect.ts'
import { followed } from './followed.ts'
import { presence } from './gone.ts'
import { type Mirror, mirror } from './mirror.ts'
import { removeKeys } from './remove.ts'
import { readStream } from './stream.ts'

/** Both in one step, so that the length is the entry's own position. */
const appendScript = `local id = redis.call('XADD', KEYS[1], '*', 'p', ARGV[1]) return {id, redis.call('XLEN', KEYS[1])}`

/**
 * A store in a Redis (5.0 or later) on the keys of Testground's SDKs up to sdk-go 0.2.7: a state is a number (INCR), a topic is a stream with the JSON in field `p` (XADD).
 * Whoever talks to that Redis directly meets the clients of the service. `prefix` is what the keys of the run begin with; closing removes these, and no others.
 * Throws an InputError for an address that is none, an AbsentError where no Redis answers.
 */
export async function redisStore(url: string, prefix: string): Promise<SyncStore> {
  const address = redisAddress(url)
  const connections = await connect(address)
  const { commands, changes } = connections
  const { gone, ask, leave } = presence(connections, address.text)
  const watched = followed()
  const kinds = new Map<string, Change>()
  const mirrors = new Map<string, Mirror>()

  function mirrorOf(topic: string): Mirror {
    const found = mirrors.get(topic) ?? mirror((id, count) => ask(readStream(commands, topic, { after: id, count })))
    mirrors.set(topic, found)
    return found
  }

  async function count(state: string): Promise<number> {
    kinds.set(state, 'counter')
    return Number((await ask(commands.get(state))) ?? 0)
  }

  const look = once(async (key) => {
    watched.tell(key, kinds.get(key) === 'counter' ? await count(key) : await ask(commands.xlen(key)))
  })

  function disconnect(): void {
    leave()
    commands.disconnect()
    changes.disconnect()
  }

  const stop = await hearChanges(connections, {
    prefix,
    database: address.options.db ?? 0,
    onChange(key, kind) {
      kinds.set(key, kind)
      if (watched.has(key)) look(key)
    },
    onDoubt() {
      for (const key of watched.keys()) if (kinds.has(key)) look(key)
    },
  }).catch((error) => {
    disconnect()
    throw error
  })

  return {
    shared: true,
    gone,
    async signal(state) {
      kinds.set(state, 'counter')
      const value = await ask(commands.incr(state))
      watched.tell(state, value)
      return value
    },
    count,
    async append(topic, text) {
      kinds.set(topic, 'list')
      const [id, position] = (await ask(commands.eval(appendScript, 1, topic, text))) as [string, number]
      mirrors.get(topic)?.take({ position, id, text })
      watched.tell(topic, position)
      return position
    },
    async read(topic, from, limit) {
      kinds.set(topic, 'list')
      const { texts, catchUp } = mirrorOf(topic)
      const known = watched.size(topic)
      if (known === -1 || texts.length < known) {
        await catchUp()
        watched.tell(topic, texts.length)
      }
      return texts.slice(from, from + limit)
    },
    watch: watched.watch,
    async close() {
      stop()
      leave()
      // Where it is gone there is nothing to remove.
      await removeKeys(commands, prefix).catch(() => {})
      disconnect()
      mirrors.clear()
    },
  }
}

/** Calls `act` for a key, and once more after it for all calls that came meanwhile. */
function once(act: (key: string) => Promise<void>): (key: string) => void {
  const again = new Map<string, boolean>()
  return function begin(key) {
    if (again.has(key)) {
      again.set(key, true)
      return
    }
    again.set(key, false)
    // Where it fails the server is gone or the key is of another kind, which who waits is told elsewhere.
    act(key)
      .catch(() => {})
      .finally(() => {
        const repeat = again.get(key)
        again.delete(key)
        if (repeat) begin(key)
      })
  }
}

import type { SyncStore } from '../store.ts'
import { redisAddress } from './address.ts'
import { type Change, hearChanges } from './changes.ts'
import { connect } from './connect.ts'
import { followed } from './followed.ts'
import { presence } from './gone.ts'
import { once } from './once.ts'
import { removeKeys } from './remove.ts'
import { topics } from './topics.ts'

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
  gone.addEventListener('abort', watched.wake, { once: true })
  const kinds = new Map<string, Change>()
  const lists = topics(commands, ask, watched)

  async function count(state: string): Promise<number> {
    kinds.set(state, 'counter')
    return Number((await ask(commands.get(state))) ?? 0)
  }

  // Where it fails the server is gone or the key is of another kind, which whoever waits is told elsewhere.
  const look = once(async (key) => {
    watched.tell(key, kinds.get(key) === 'counter' ? await count(key) : await lists.length(key))
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
    count,
    async signal(state) {
      kinds.set(state, 'counter')
      const value = await ask(commands.incr(state))
      watched.tell(state, value)
      return value
    },
    append(topic, text) {
      kinds.set(topic, 'list')
      return lists.append(topic, text)
    },
    read(topic, from, limit) {
      kinds.set(topic, 'list')
      return lists.read(topic, from, limit)
    },
    watch: watched.watch,
    async close() {
      stop()
      // Where it is gone there is nothing to remove.
      await removeKeys(commands, prefix).catch(() => {})
      disconnect()
    },
  }
}

import type { Test } from 'uvu'
import * as assert from 'uvu/assert'
import { follow } from '../../../kernel-lib/sync/follow.ts'
import { startSync } from '../../../kernel-lib/sync/start.ts'
import type { SyncStore } from '../../../kernel-lib/sync/store.ts'
import { rawClient, until } from './raw.ts'

const state = 'run:r:plan:p:case:c:states:s'
const topic = 'run:r:plan:p:case:c:topics:t'

/** What is true of every store. */
export function storeFacts(test: Test, makeStore: () => Promise<SyncStore>): void {
  const fact = (name: string, body: (store: SyncStore) => Promise<void>): void =>
    test(name, async () => {
      const store = await makeStore()
      try {
        await body(store)
      } finally {
        await store.close()
      }
    })

  fact('a state counts from 0, and a signal gives its new value', async (store) => {
    assert.is(await store.count(state), 0)
    const values = await Promise.all(Array.from({ length: 200 }, () => store.signal(state)))
    assert.equal(values, numbers(200))
    assert.is(await store.count(state), 200)
  })

  fact('a topic keeps texts as they are, in the order of the calls, at positions from 1', async (store) => {
    const texts = ['"a\\nb"', '{"b":1,"a":"<&>ü"}', 'null', ...numbers(300).map(String)]
    assert.equal(await Promise.all(texts.map((text) => store.append(topic, text))), numbers(texts.length))
    assert.equal(await store.read(topic, 0, 1000), texts)
    assert.equal(await store.read(topic, 2, 3), ['null', '1', '2'])
    assert.equal(await store.read(topic, texts.length, 10), [])
    assert.equal(await store.read('run:r:plan:p:case:c:topics:none', 0, 10), [])
  })

  fact('calls of both kinds take effect in their order', async (store) => {
    const seen: string[] = []
    store.watch(topic, (size) => seen.push(`topic ${size}`))
    store.watch(state, (size) => seen.push(`state ${size}`))
    await Promise.all([1, 2, 3].flatMap((n) => [store.append(topic, String(n)), store.signal(state)]))
    await until(() => seen.length >= 6)
    assert.equal(seen, ['topic 1', 'state 1', 'topic 2', 'state 2', 'topic 3', 'state 3'])
  })

  fact('who watches is told of changes until it stops', async (store) => {
    const seen: number[] = []
    const stop = store.watch(state, (size) => seen.push(size))
    const other = store.watch(state, () => {})
    await store.signal(state)
    await until(() => seen.at(-1) === 1)
    stop()
    await store.signal(state)
    assert.is(await store.count(state), 2)
    assert.equal(seen, [1])
    other()
  })

  fact('followers get everything once and in one order, whenever they came and left', async (store) => {
    const total = 2000
    const lists: string[][] = []
    const enders: AbortController[] = []
    const follower = (): void => {
      const list: string[] = []
      const ender = new AbortController()
      lists.push(list)
      enders.push(ender)
      follow(store, topic, { deliver: (text) => void list.push(text), signal: ender.signal })
    }
    follower()
    for (let n = 0; n < total; n++) {
      if (n % 500 === 0) follower()
      if (n === 700) enders[0]?.abort()
      if (n % 10 === 0) await store.append(topic, String(n))
      else store.append(topic, String(n))
    }
    follower()
    await until(() => lists.slice(1).every((list) => list.length >= total))
    const expected = Array.from({ length: total }, (_, n) => String(n))
    for (const list of lists.slice(1)) assert.equal(list, expected)
    assert.equal(lists[0], expected.slice(0, lists[0]?.length))
    for (const ender of enders) ender.abort()
  })

  test('200 clients of a service over it meet and hear each other', async () => {
    const instances = Array.from({ length: 200 }, (_, index) => ({ group: 'g', index }))
    const store = await makeStore()
    const sync = startSync({ run: 'r', plan: 'p', case: 'c', instances, barrierTimeoutMs: 60_000, store })
    const door = await sync.door(null)
    const clients = await Promise.all(instances.map(({ index }) => rawClient(door, `/g/${index}`)))
    for (const [from, client] of clients.entries()) {
      client.send({ id: 'sub', subscribe: { topic } })
      client.send({ id: 'b', barrier: { state, target: 200 } })
      client.send({ id: 'p', publish: { topic, payload: from } })
      client.send({ id: 's', signal_entry: { state } })
    }
    const heard = await Promise.all(
      clients.map(async (client) => (await client.answers('sub', 200)).map(({ subscribe }) => subscribe)),
    )
    assert.is(new Set(heard[0]).size, 200)
    for (const one of heard) assert.equal(one, heard[0])
    for (const client of clients) assert.is((await client.answers('b'))[0]?.error, '')
    const places = clients.map(async (client) => (await client.answers('s'))[0]?.signal_entry?.seq)
    assert.equal(
      (await Promise.all(places)).sort((a, b) => Number(a) - Number(b)),
      numbers(200),
    )
    await sync.close()
  })
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

import * as assert from 'uvu/assert'
import { AbsentError, InputError } from '../../kernel-lib/errors.ts'
import { openSyncStore } from '../../kernel-lib/sync/open.ts'
import { type SyncService, startSync } from '../../kernel-lib/sync/start.ts'
import { whoText } from '../../kernel-lib/sync/who.ts'
import { foreignInstances, startForeign } from '../kernel-lib/sync/foreign.ts'
import { type RawClient, rawClient, until } from '../kernel-lib/sync/raw.ts'
import { storeFacts } from '../kernel-lib/sync/store-facts.ts'
import { describe } from '../suite.ts'
import { redisServer } from './needs.ts'
import { type OldSdk, oldSdk } from './old-sdk.ts'
import { type RedisServer, startRedis } from './redis-server.ts'

const run = { run: 'r*[1]', plan: 'p', case: 'c' }
const prefix = 'run:r*[1]:plan:p:case:c:'
const state = `${prefix}states:s`
const topic = `${prefix}topics:t`
const events = `${prefix}run_events`
const instances = [0, 1, 2].map((index) => ({ group: 'single', index }))

interface Scene {
  readonly server: RedisServer
  readonly sync: SyncService
  readonly old: OldSdk
  connect(path?: string): Promise<RawClient>
}

async function withRedis(body: (server: RedisServer) => Promise<void>, words: readonly string[] = []): Promise<void> {
  const server = await startRedis(words)
  try {
    await body(server)
  } finally {
    await server.stop()
  }
}

async function scene(server: RedisServer, body: (scene: Scene) => Promise<void>): Promise<void> {
  const store = await openSyncStore(server.url, run)
  const sync = startSync({ ...run, instances, barrierTimeoutMs: 60_000, store })
  const door = await sync.door(null)
  try {
    await body({ server, sync, old: oldSdk(server.client), connect: (path) => rawClient(door, path) })
  } finally {
    await sync.close()
  }
}

/** A server that an administrator has closed to CONFIG. */
const unconfigurable = ['--rename-command', 'CONFIG', '']

describe(
  'the store in Redis',
  (test) => {
    const servers: RedisServer[] = []
    test.before(async () => {
      servers.push(await startRedis())
    })
    test.after(() => Promise.all(servers.map((server) => server.stop())).then(() => {}))
    storeFacts(test, () => openSyncStore(servers[0]?.url ?? '', { run: 'r', plan: 'p', case: 'c' }))

    test('an address that is none, or where nobody answers, is told without its password', async () => {
      const refused = async (url: string): Promise<Error> =>
        openSyncStore(url, run).then(
          () => assert.unreachable('it opened'),
          (error) => error,
        )
      const wrong = await refused('http://me:secret@localhost/')
      assert.instance(wrong, InputError)
      assert.match(wrong.message, 'write redis://')
      const absent = await refused('redis://:secret@127.0.0.1:1/3')
      assert.instance(absent, AbsentError)
      assert.match(absent.message, /^Redis at 127\.0\.0\.1:1 does not answer \(.*ECONNREFUSED.*\); start/)
      assert.not.match(`${wrong.message}${absent.message}`, 'secret')
    })
  },
  [redisServer],
)

describe(
  'both generations of SDKs on one Redis',
  (test) => {
    for (const [name, words] of [
      ['', []],
      [', where the server refuses to notify', unconfigurable],
    ] as const)
      test(`a barrier of the service is met by signals to Redis, and the other way round${name}`, () =>
        withRedis(
          (server) =>
            scene(server, async ({ old, connect, sync }) => {
              const client = await connect('/single/0')
              client.send({ id: 'b', barrier: { state, target: 3 } })
              await until(() => sync.waiting().length === 1)
              assert.is(await old.signal(state), 1)
              await until(() => sync.waiting()[0]?.count === 1)
              assert.is(sync.waiting()[0]?.unnamed, 1)
              client.send({ id: 's', signal_entry: { state } })
              assert.equal((await client.answers('s'))[0]?.signal_entry, { seq: 2 })
              const met = old.barrier(state, 3)
              assert.is(await old.signal(state), 3)
              assert.is((await client.answers('b'))[0]?.error, '')
              await met
            }),
          words,
        ))

    test('a signal to Redis is heard in milliseconds', () =>
      withRedis((server) =>
        scene(server, async ({ old, connect, sync }) => {
          const client = await connect()
          const took: number[] = []
          for (let n = 1; n <= 21; n++) {
            client.send({ id: String(n), barrier: { state, target: n } })
            await until(() => sync.waiting().length === 1)
            const begun = performance.now()
            await old.signal(state)
            await client.answers(String(n))
            took.push(performance.now() - begun)
          }
          const median = took.sort((a, b) => a - b)[10] as number
          assert.ok(median < 20, `median ${median} ms`)
        }),
      ))

    test('everybody sees the publications of both, once and in one order', () =>
      withRedis((server) =>
        scene(server, async ({ old, connect }) => {
          const each = 300
          const early = await connect()
          early.send({ id: 'sub', subscribe: { topic } })
          const oldEarly = old.subscribe(topic, 2 * each)
          const publisher = await connect()
          const places: Promise<number>[] = []
          for (let n = 0; n < each; n++) {
            publisher.send({ id: `p${n}`, publish: { topic, payload: { new: n } } })
            places.push(old.publish(topic, { old: n }))
            if (n % 50 === 0) await places.at(-1)
          }
          const late = await connect()
          late.send({ id: 'sub', subscribe: { topic } })
          const seen = await Promise.all([
            oldEarly,
            old.subscribe(topic, 2 * each),
            ...[early, late].map(async (one) => (await one.answers('sub', 2 * each)).map(({ subscribe }) => subscribe)),
          ])
          const first = seen[0] as string[]
          assert.is(new Set(first).size, 2 * each)
          for (const one of seen) assert.equal(one, first)
          for (const kind of ['old', 'new'])
            assert.equal(
              first.map((text) => JSON.parse(text)[kind]).filter((n) => n !== undefined),
              Array.from({ length: each }, (_, n) => n),
            )
          for (const [n, place] of (await Promise.all(places)).entries())
            assert.is(first[place - 1], JSON.stringify({ old: n }))
          for (let n = 0; n < each; n++) {
            const place = (await publisher.answers(`p${n}`))[0]?.publish?.seq ?? 0
            assert.is(first[place - 1], JSON.stringify({ new: n }))
          }
          assert.is((await early.answers('sub')).length, 2 * each)
        }),
      ))

    test('events of both are told, each once and each instance in its order', () =>
      withRedis((server) =>
        scene(server, async ({ old, connect, sync, server: { client } }) => {
          const told: string[] = []
          sync.onEvent((who, event) => {
            const [kind = '', body] = Object.entries(event)[0] ?? []
            told.push(`${who?.index ?? '?'} ${kind} ${body?.message ?? ''}`)
          })
          const modern = await connect('/single/1')
          for (let n = 0; n < 50; n++) {
            modern.send({ id: `m${n}`, publish: { topic: events, payload: { message_event: { message: n } } } })
            await old.publishEvent(events, { message_event: { message: n, group: 'single', instance: 2 } })
          }
          await client().xadd(events, '*', 'p', 'not JSON')
          await old.publishEvent(events, { success_event: { group: 'single' } })
          await until(() => told.includes('? success_event '))
          await modern.answers('m49')
          assert.is(told.length, 101)
          for (const who of ['1', '2'])
            assert.equal(
              told.filter((line) => line.startsWith(who)),
              Array.from({ length: 50 }, (_, n) => `${who} message_event ${n}`),
            )
        }),
      ))

    test('one who fell after a signal to Redis is not waited for in vain, nor given up', () =>
      withRedis((server) =>
        scene(server, async ({ old, connect, sync }) => {
          const client = await connect('/single/1')
          client.send({ id: 's', signal_entry: { state } })
          client.send({ id: 'b', barrier: { state, target: 3 } })
          await until(() => sync.waiting()[0]?.count === 1)
          await old.signal(state)
          sync.fell({ who: instances[0] as (typeof instances)[0], how: 'exit code 1' })
          const last = await connect('/single/2')
          last.send({ id: 's', signal_entry: { state } })
          assert.is((await client.answers('b'))[0]?.error, '')
        }),
      ))
  },
  [redisServer],
)

describe(
  '@testground/sdk 0.1.2, unmodified, over Redis',
  (test) => {
    test('instances signal, meet, publish and subscribe, and each outcome is told of its own instance', () =>
      withRedis(async (server) => {
        const meet = { run: 'cb67fo7semvi2emk8gog', plan: 'p', case: 'meet' }
        const store = await openSyncStore(server.url, meet)
        const sync = startSync({ ...meet, instances: foreignInstances, barrierTimeoutMs: 60_000, store })
        const told: string[] = []
        sync.onEvent((who, event) => told.push(`${who && whoText(who)} ${Object.keys(event)[0]}`))
        const ended = await Promise.all(foreignInstances.map((who) => startForeign(sync, who, 'meet')))
        for (const { code, err } of ended) assert.is(code, 0, err)
        assert.is(new Set(ended.map(({ messages }) => messages.at(-1))).size, 1, 'everybody saw the same order')
        assert.equal(told.filter((line) => /success|failure/.test(line)).sort(), [
          'glad/0 success_event',
          'glad/1 success_event',
          'sad/0 failure_event',
        ])
        const written = await server.client().xlen('run:cb67fo7semvi2emk8gog:plan:p:case:meet:run_events')
        assert.is(written, told.length)
        await sync.close()
      }))
  },
  [redisServer],
)

describe(
  'the end of a store in Redis',
  (test) => {
    test('closing removes the keys of the run, whoever wrote them, and no others', () =>
      withRedis(async (server) => {
        const others = ['run:r*[1]:plan:p:case:cc:states:s', 'run:rx1:plan:p:case:c:states:s', 'mine']
        const redis = server.client()
        for (const key of others) await redis.set(key, '7')
        await scene(server, async ({ old, connect }) => {
          const client = await connect()
          client.send({ id: '0', signal_entry: { state } })
          await client.answers('0')
          await old.publish(topic, 1)
          for (let n = 0; n < 2500; n++) redis.incr(`${state}${n}`)
          assert.is((await redis.keys('*')).length, 2505)
        })
        assert.equal((await redis.keys('*')).sort(), others.sort())
      }))

    test('a Redis that goes away is told to everybody who waits or asks, and to the harness', () =>
      withRedis((server) =>
        scene(server, async ({ connect, sync }) => {
          const client = await connect('/single/0')
          client.send({ id: 'sub', subscribe: { topic } })
          client.send({ id: 'b', barrier: { state, target: 3 } })
          await until(() => sync.waiting().length === 1)
          assert.is(sync.lost(), null)
          const told: unknown[] = []
          sync.onEvent((_, event) => told.push(event))
          server.process.kill('SIGKILL')
          assert.match(
            (await client.answers('b'))[0]?.error as string,
            /^barrier "s" \(0 of 3 .*\): Redis at .* went away/,
          )
          assert.match((await client.answers('sub'))[0]?.error as string, 'went away')
          client.send({ id: 's', signal_entry: { state } })
          client.send({ id: 'p', publish: { topic, payload: 1 } })
          client.send({ id: 'e', publish: { topic: events, payload: { success_event: { group: 'single' } } } })
          client.send({ id: 'b2', barrier: { state, target: 1 } })
          for (const id of ['s', 'p', 'e', 'b2'])
            assert.match((await client.answers(id))[0]?.error as string, 'went away', id)
          assert.match(sync.lost() ?? '', `Redis at 127.0.0.1:${server.port} went away: `)
          assert.equal(
            sync.givenUp().map(({ who }) => who?.index),
            [0, 0],
          )
          assert.equal(told, [], 'a success that did not arrive is none')
        }),
      ))

    test('a Redis that falls silent is given up after some ten seconds, and the service still closes', () =>
      withRedis((server) =>
        scene(server, async ({ connect, sync }) => {
          const client = await connect('/single/0')
          client.send({ id: 'b', barrier: { state, target: 3 } })
          await until(() => sync.waiting().length === 1)
          server.process.kill('SIGSTOP')
          client.send({ id: 's', signal_entry: { state } })
          for (const id of ['b', 's']) assert.match((await client.answers(id))[0]?.error as string, 'without an answer')
          assert.match(sync.lost() ?? '', 'left 10 s without an answer')
        }),
      ))

    test('losing only the connection that hears changes loses nothing', () =>
      withRedis((server) =>
        scene(server, async ({ old, connect, sync }) => {
          const client = await connect('/single/0')
          client.send({ id: 'sub', subscribe: { topic } })
          client.send({ id: 'b', barrier: { state, target: 2 } })
          await until(() => sync.waiting().length === 1)
          await server.client().call('CLIENT', 'KILL', 'TYPE', 'pubsub')
          await old.publish(topic, 1)
          await old.signal(state)
          await old.signal(state)
          assert.is((await client.answers('b'))[0]?.error, '')
          assert.is((await client.answers('sub'))[0]?.subscribe, '1')
          await old.publish(topic, 2)
          assert.is((await client.answers('sub', 2))[1]?.subscribe, '2')
          assert.is(sync.lost(), null)
        }),
      ))
  },
  [redisServer],
)

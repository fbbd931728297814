import * as assert from 'uvu/assert'
import { type SyncService, startSync } from '../../../kernel-lib/sync/start.ts'
import { describe } from '../../suite.ts'
import { type RawClient, rawClient, until } from './raw.ts'

const instances = [0, 1, 2].map((index) => ({ group: 'single', index }))
const state = (name: string): string => `run:r:plan:p:case:c:states:${name}`
const topic = (name: string): string => `run:r:plan:p:case:c:topics:${name}`

async function served(
  body: (sync: SyncService, connect: (path?: string) => Promise<RawClient>) => Promise<void>,
  barrierTimeoutMs = 60_000,
): Promise<void> {
  const sync = startSync({ run: 'r', plan: 'p', case: 'c', instances, barrierTimeoutMs })
  const door = await sync.door(null)
  try {
    await body(sync, (path) => rawClient(door, path))
  } finally {
    await sync.close()
  }
}

describe('the wire', (test) => {
  test('an answer has every key and ends with a newline', () =>
    served(async (_, connect) => {
      const client = await connect('/any/path/at/all')
      client.send({ id: '0', signal_entry: { state: state('s') } })
      client.send({ id: '1', publish: { topic: topic('t'), payload: { b: 1, a: '<&>' } } })
      client.send({ id: '2', subscribe: { topic: topic('t') } })
      client.send({ id: '3', barrier: { state: state('s'), target: 1 } })
      await Promise.all(['0', '1', '2', '3'].map((id) => client.answers(id)))
      assert.equal([...client.frames].sort(), [
        '{"id":"0","error":"","publish":null,"subscribe":"","signal_entry":{"seq":1}}\n',
        '{"id":"1","error":"","publish":{"seq":1},"subscribe":"","signal_entry":null}\n',
        '{"id":"2","error":"","publish":null,"subscribe":"{\\"b\\":1,\\"a\\":\\"<&>\\"}","signal_entry":null}\n',
        '{"id":"3","error":"","publish":null,"subscribe":"","signal_entry":null}\n',
      ])
    }))

  test('what is no request is answered with an error, and the connection lives on', () =>
    served(async (_, connect) => {
      const client = await connect()
      client.send('{"id": "0", "publish"')
      client.send('[]')
      client.send({ signal_entry: { state: state('s') } })
      const nameless = await client.answers('', 3)
      assert.match(nameless[0]?.error as string, /^not JSON/)
      assert.is(nameless[1]?.error, 'a frame holds one JSON object')
      assert.match(nameless[2]?.error as string, /"id" is missing/)
      const wrong: Record<string, unknown> = {
        none: {},
        unknown: { increment: { state: state('s') } },
        two: { subscribe: { topic: topic('t') }, signal_entry: { state: state('s') } },
        keyless: { signal_entry: {} },
        target: { barrier: { state: state('s'), target: 1.5 } },
        plain: { publish: 'hello' },
      }
      for (const [id, operation] of Object.entries(wrong)) client.send({ id, ...(operation as object) })
      for (const id of Object.keys(wrong)) assert.match((await client.answers(id))[0]?.error as string, /write/, id)
      client.send({ id: 'after', signal_entry: { state: state('s') } })
      assert.equal((await client.answers('after'))[0]?.signal_entry, { seq: 1 })
    }))

  test('keys of another run are refused by name', () =>
    served(async (_, connect) => {
      const client = await connect()
      client.send({ id: '0', signal_entry: { state: 'run:other:plan:p:case:c:states:s' } })
      client.send({ id: '1', subscribe: { topic: 'run:rr:plan:p:case:c:topics:s' } })
      for (const id of ['0', '1'])
        assert.match(
          (await client.answers(id))[0]?.error as string,
          /is not of this run; its keys begin with "run:r:plan:p:case:c:"/,
        )
    }))

  test('an id that is still in use is refused, and free once it was answered', () =>
    served(async (_, connect) => {
      const client = await connect()
      client.send({ id: '0', barrier: { state: state('s'), target: 1 } })
      client.send({ id: '0', signal_entry: { state: state('s') } })
      assert.match((await client.answers('0'))[0]?.error as string, /still in use/)
      client.send({ id: '1', signal_entry: { state: state('s') } })
      await client.answers('0', 2)
      client.send({ id: '0', signal_entry: { state: state('s') } })
      assert.equal((await client.answers('0', 3))[2]?.signal_entry, { seq: 2 })
    }))

  test('requests of one connection take effect in the order in which they were sent', () =>
    served(async (_, connect) => {
      const client = await connect()
      for (let n = 1; n <= 500; n++) client.send({ id: String(n), publish: { topic: topic('t'), payload: n } })
      await client.answers('500')
      client.send({ id: 's', subscribe: { topic: topic('t') } })
      const seen = (await client.answers('s', 500)).map(({ subscribe }) => JSON.parse(subscribe))
      assert.equal(
        seen,
        Array.from({ length: 500 }, (_, index) => index + 1),
      )
    }))
})

describe('barriers', (test) => {
  test('a target that was reached, zero or below is met at once', () =>
    served(async (_, connect) => {
      const client = await connect()
      for (const target of [0, -3]) {
        client.send({ id: String(target), barrier: { state: state('s'), target } })
        assert.is((await client.answers(String(target)))[0]?.error, '')
      }
    }))

  test('a canceled barrier ends with an error and waits no more', () =>
    served(async (sync, connect) => {
      const client = await connect('/single/1')
      client.send({ id: '0', barrier: { state: state('s'), target: 1 } })
      await until(() => sync.waiting().length === 1)
      client.send({ id: '0', is_cancel: true })
      assert.is((await client.answers('0'))[0]?.error, 'barrier "s": canceled')
      assert.equal(sync.waiting(), [])
    }))

  test('a connection that ends waits no more', () =>
    served(async (sync, connect) => {
      const client = await connect('/single/1')
      client.send({ id: '0', barrier: { state: state('s'), target: 1 } })
      await until(() => sync.waiting().length === 1)
      await client.close()
      await until(() => sync.waiting().length === 0)
    }))

  test('who waits is told with the count and who is missing', () =>
    served(async (sync, connect) => {
      const client = await connect('/single/1')
      client.send({ id: '0', signal_entry: { state: state('met') } })
      client.send({ id: '1', barrier: { state: state('met'), target: 3 } })
      await until(() => sync.waiting()[0]?.count === 1)
      const { sinceMs, ...waiting } = sync.waiting()[0] as ReturnType<typeof sync.waiting>[number]
      assert.ok(sinceMs > 0)
      assert.equal(waiting, {
        who: { group: 'single', index: 1 },
        state: 'met',
        target: 3,
        count: 1,
        missing: [
          { group: 'single', index: 0 },
          { group: 'single', index: 2 },
        ],
        unnamed: 0,
        fallen: [],
        failed: null,
      })
    }))

  test('one that is not met in time is answered with how many of how many, and who is missing', () =>
    served(async (sync, connect) => {
      const client = await connect('/single/1')
      const stranger = await connect('/')
      client.send({ id: '0', signal_entry: { state: state('met') } })
      client.send({ id: '1', barrier: { state: state('met'), target: 3 } })
      assert.is(
        (await client.answers('1'))[0]?.error,
        'barrier "met" (1 of 3 there; missing single/0, single/2): gave up after 0.08 s',
      )
      assert.equal(
        sync.givenUp().map(({ who, state: name }) => [who?.index, name]),
        [[1, 'met']],
      )
      stranger.send({ id: '0', signal_entry: { state: state('met') } })
      stranger.send({ id: '1', barrier: { state: state('met'), target: 3 } })
      assert.match(
        (await stranger.answers('1'))[0]?.error as string,
        /2 of 3 there; not signalled by single\/0, single\/2; 1 signalled without a name/,
      )
    }, 80))

  test('one that can no longer be met is answered at once, and says who fell and how', () =>
    served(async (sync, connect) => {
      const client = await connect('/single/1')
      client.send({ id: '0', signal_entry: { state: state('met') } })
      client.send({ id: 'all', barrier: { state: state('met'), target: 3 } })
      client.send({ id: 'two', barrier: { state: state('met'), target: 2 } })
      await until(() => sync.waiting().length === 2)
      sync.fell({ who: { group: 'single', index: 0 }, how: 'exit code 1' })
      assert.is(
        (await client.answers('all'))[0]?.error,
        'barrier "met" (1 of 3 there; missing single/0, single/2; single/0 ended with exit code 1): can no longer be met',
      )
      client.send({ id: 'late', barrier: { state: state('met'), target: 3 } })
      assert.match((await client.answers('late'))[0]?.error as string, 'can no longer be met')
      assert.is(sync.givenUp().length, 2)
      assert.is(sync.waiting().length, 1, 'two can still meet')
      const other = await connect('/single/2')
      other.send({ id: '0', signal_entry: { state: state('met') } })
      assert.is((await client.answers('two'))[0]?.error, '')
    }))

  test('one that who fell had signalled before is met by the others', () =>
    served(async (sync, connect) => {
      const [first, second, third] = [
        await connect('/single/0'),
        await connect('/single/1'),
        await connect('/single/2'),
      ]
      for (const client of [first, second]) client.send({ id: '0', signal_entry: { state: state('met') } })
      second.send({ id: '1', barrier: { state: state('met'), target: 3 } })
      await until(() => sync.waiting()[0]?.count === 2)
      sync.fell({ who: { group: 'single', index: 0 }, how: 'SIGSEGV' })
      third.send({ id: '0', signal_entry: { state: state('met') } })
      assert.is((await second.answers('1'))[0]?.error, '')
    }))

  test('one of a state that an instance signals twice is bounded by the limit alone', () =>
    served(async (sync, connect) => {
      const client = await connect('/single/1')
      for (const id of ['0', '1']) client.send({ id, signal_entry: { state: state('laps') } })
      client.send({ id: '2', barrier: { state: state('laps'), target: 3 } })
      await until(() => sync.waiting()[0]?.count === 2)
      sync.fell({ who: { group: 'single', index: 0 }, how: 'exit code 1' })
      sync.fell({ who: { group: 'single', index: 2 }, how: 'exit code 1' })
      assert.is(sync.waiting().length, 1)
      client.send({ id: '3', signal_entry: { state: state('laps') } })
      assert.is((await client.answers('2'))[0]?.error, '')
    }))

  test('200 clients meet', async () => {
    const many = Array.from({ length: 200 }, (_, index) => ({ group: 'g', index }))
    const sync = startSync({ run: 'r', plan: 'p', case: 'c', instances: many, barrierTimeoutMs: 60_000 })
    const door = await sync.door(null)
    const clients = await Promise.all(many.map(({ index }) => rawClient(door, `/g/${index}`)))
    for (const client of clients.slice(1)) client.send({ id: 'b', barrier: { state: state('s'), target: 200 } })
    for (const client of clients.slice(1)) client.send({ id: 's', signal_entry: { state: state('s') } })
    await Promise.all(clients.slice(1).map((client) => client.answers('s')))
    assert.is(sync.waiting().length, 199)
    assert.equal(sync.waiting()[0]?.missing, [{ group: 'g', index: 0 }])
    clients[0]?.send({ id: 's', signal_entry: { state: state('s') } })
    await Promise.all(clients.slice(1).map((client) => client.answers('b')))
    const places = clients.map(async (client) => (await client.answers('s'))[0]?.signal_entry?.seq)
    assert.is(new Set(await Promise.all(places)).size, 200)
    await sync.close()
  })
})

describe('topics', (test) => {
  test('everybody sees everything once and in one order, whenever they came', () =>
    served(async (_, connect) => {
      const clients = await Promise.all(Array.from({ length: 20 }, () => connect()))
      const total = 20 * 50
      for (const client of clients.slice(0, 10)) client.send({ id: 'all', subscribe: { topic: topic('t') } })
      for (const [from, client] of clients.entries())
        for (let n = 0; n < 50; n++) client.send({ id: `p${n}`, publish: { topic: topic('t'), payload: [from, n] } })
      await Promise.all(clients.map((client) => client.answers('p49')))
      for (const client of clients.slice(10)) client.send({ id: 'all', subscribe: { topic: topic('t') } })
      const seen = await Promise.all(clients.map((client) => client.answers('all', total)))
      const first = seen[0]?.map(({ subscribe }) => subscribe) as string[]
      assert.is(new Set(first).size, total)
      for (const one of seen)
        assert.equal(
          one.map(({ subscribe }) => subscribe),
          first,
        )
    }))

  test('answers of every length arrive whole', () =>
    served(async (_, connect) => {
      const client = await connect()
      client.send({ id: 's', subscribe: { topic: topic('t') } })
      client.send({ id: 'p', publish: { topic: topic('t'), payload: '' } })
      await client.answers('s')
      const emptyBytes = Buffer.byteLength(client.frames.find((frame) => frame.includes('"s"')) ?? '')
      // WebSocket writes the length in another way from 126 and from 65,536 bytes on.
      const sizesBytes = [124, 125, 126, 127, 65_534, 65_535, 65_536, 65_537]
      const payloads = sizesBytes.map((size) => `é${'x'.repeat(size - emptyBytes - 2)}`)
      for (const [at, payload] of payloads.entries())
        client.send({ id: `p${at}`, publish: { topic: topic('t'), payload } })
      const [, ...answers] = await client.answers('s', 1 + payloads.length)
      assert.equal(
        answers.map(({ subscribe }) => JSON.parse(subscribe)),
        payloads,
      )
      const frames = client.frames.filter((frame) => frame.includes('"s"')).slice(1)
      assert.equal(
        frames.map((frame) => Buffer.byteLength(frame)),
        sizesBytes,
      )
    }))

  test('a canceled subscription gets nothing more, and another on the same connection goes on', () =>
    served(async (_, connect) => {
      const client = await connect()
      client.send({ id: 'a', subscribe: { topic: topic('t') } })
      client.send({ id: 'b', subscribe: { topic: topic('t') } })
      client.send({ id: '0', publish: { topic: topic('t'), payload: 1 } })
      await client.answers('a')
      client.send({ id: 'a', is_cancel: true })
      client.send({ id: '1', publish: { topic: topic('t'), payload: 2 } })
      assert.is((await client.answers('b', 2)).length, 2)
      assert.is((await client.answers('a')).length, 1)
    }))

  test('a subscriber that does not read stalls nobody and loses nothing', () =>
    served(async (_, connect) => {
      const slow = await connect()
      const quick = await connect()
      const count = 1500
      const payload = 'x'.repeat(10_000)
      slow.send({ id: 's', subscribe: { topic: topic('t') } })
      quick.send({ id: 's', subscribe: { topic: topic('t') } })
      slow.socket.pause()
      for (let n = 0; n < count; n++) quick.send({ id: `p${n}`, publish: { topic: topic('t'), payload } })
      await quick.answers('s', count)
      assert.is(slow.frames.length, 0)
      slow.socket.resume()
      assert.is((await slow.answers('s', count)).length, count)
    }))
})

describe('who', (test) => {
  test('the door says who, else the path, else the event', async () => {
    const sync = startSync({ run: 'r', plan: 'p', case: 'c', instances, barrierTimeoutMs: 1000 })
    const told: (string | undefined)[] = []
    sync.onEvent((who, event) => told.push(`${who?.index} ${Object.keys(event)[0]}`))
    const own = await sync.door({ group: 'single', index: 2 })
    const common = await sync.door(null)
    assert.equal(await sync.door(null), common)
    assert.is.not(own.port, common.port)
    const body = { group: 'single', instance: 0 }
    for (const client of [
      await rawClient(own, '/single/1'),
      await rawClient(common, '/single/1'),
      await rawClient(common),
    ]) {
      client.send({ id: '0', publish: { topic: 'run:r:plan:p:case:c:run_events', payload: { success_event: body } } })
      await client.answers('0')
    }
    assert.equal(told, ['2 success_event', '1 success_event', '0 success_event'])
    const stranger = await rawClient(common, '/single/9')
    stranger.send({
      id: '0',
      publish: { topic: 'run:r:plan:p:case:c:run_events', payload: { message_event: { message: '' } } },
    })
    stranger.send({ id: '1', publish: { topic: 'run:r:plan:p:case:c:run_events', payload: 'done' } })
    assert.match((await stranger.answers('1'))[0]?.error as string, /"done" is no event; write/)
    assert.is(told.at(-1), 'undefined message_event')
    await sync.close()
  })
})

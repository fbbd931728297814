import * as assert from 'uvu/assert'
import { type SyncService, startSync } from '../../../kernel-lib/sync/start.ts'
import { connectSync, type SyncClient } from '../../../plans/sdk/sync/client.ts'
import { SyncError } from '../../../plans/sdk/sync/error.ts'
import { stream } from '../../../plans/sdk/sync/stream.ts'
import { runKeys } from '../../../plans/sdk/sync/wire.ts'
import { until } from '../../kernel-lib/sync/raw.ts'
import { describe } from '../../suite.ts'

const keys = runKeys('r', 'p', 'c')

async function served(
  body: (client: SyncClient, sync: SyncService) => Promise<void>,
  barrierTimeoutMs = 60_000,
): Promise<void> {
  const instances = [{ group: 'a b/ü', index: 0 }]
  const sync = startSync({ run: 'r', plan: 'p', case: 'c', instances, barrierTimeoutMs })
  const { host, port } = await sync.door(null)
  const client = await connectSync({ host, port, path: `/${encodeURIComponent('a b/ü')}/0`, keys })
  try {
    await body(client, sync)
  } finally {
    await client.close()
    await sync.close()
  }
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => assert.unreachable('it succeeded'),
    (error) => error,
  )
}

describe('the sync client', (test) => {
  test('a barrier that is aborted rejects with the reason and ends at the service', () =>
    served(async (client, sync) => {
      const controller = new AbortController()
      const met = failure(client.barrier('s', 1, { signal: controller.signal }))
      await until(() => sync.waiting().length === 1)
      assert.equal(sync.waiting()[0]?.who, { group: 'a b/ü', index: 0 })
      controller.abort(new Error('enough'))
      assert.is(((await met) as Error).message, 'enough')
      await until(() => sync.waiting().length === 0)
      assert.is(await client.signal('s'), 1)
      await client.barrier('s', 1)
    }))

  test('a barrier that the service gives up rejects as refused and says who is missing', () =>
    served(async (client) => {
      const error = (await failure(client.barrier('s', 1))) as SyncError
      assert.instance(error, SyncError)
      assert.is(error.kind, 'refused')
      assert.match(error.message, /barrier "s" \(0 of 1 there; missing a b\/ü\/0\): gave up after 0\.05 s/)
    }, 50))

  test('a subscription replays, goes on, and ends when left', () =>
    served(async (client) => {
      for (const payload of [null, '', { deep: [1] }]) await client.publish('t', payload)
      const seen: unknown[] = []
      for await (const payload of client.subscribe('t')) {
        seen.push(payload)
        if (seen.length === 3) await client.publish('t', 'late')
        if (seen.length === 4) break
      }
      assert.equal(seen, [null, '', { deep: [1] }, 'late'])
    }))

  test('a subscription that is aborted rejects with the reason', () =>
    served(async (client) => {
      const controller = new AbortController()
      const next = failure(client.subscribe('t', { signal: controller.signal }).next())
      controller.abort(new Error('enough'))
      assert.is(((await next) as Error).message, 'enough')
      assert.is(((await failure(client.subscribe('t', controller).next())) as Error).message, 'enough')
    }))

  test('what is pending when the service goes away rejects as closed, and so does what comes after', () =>
    served(async (client, sync) => {
      const pending = [failure(client.barrier('s', 1)), failure(client.subscribe('t').next())]
      await until(() => sync.waiting().length === 1)
      await sync.close()
      for (const error of await Promise.all(pending)) assert.is((error as SyncError).kind, 'closed')
      assert.is(((await failure(client.signal('s'))) as SyncError).kind, 'closed')
    }))

  test('no service is an error that says where it looked and which variables say so', async () => {
    const error = (await failure(connectSync({ host: '127.0.0.1', port: 1, path: '/', keys }))) as SyncError
    assert.is(error.kind, 'unreachable')
    assert.match(error.message, /no sync service at ws:\/\/127\.0\.0\.1:1\/ .*SYNC_SERVICE_HOST and SYNC_SERVICE_PORT/)
  })
})

describe('a stream', (test) => {
  test('gives what was pushed before its end, then the error once, then nothing', async () => {
    const values = stream<number>(() => {})
    values.push(1)
    values.end(new Error('cut'))
    values.push(2)
    assert.equal(await values.next(), { done: false, value: 1 })
    assert.is(((await failure(values.next())) as Error).message, 'cut')
    assert.is((await values.next()).done, true)
  })

  test('leaving it settles whoever waits and tells its source once', async () => {
    let left = 0
    const values = stream<number>(() => left++)
    const next = values.next()
    await values.return?.()
    await values.return?.()
    assert.is((await next).done, true)
    assert.is(left, 1)
  })
})

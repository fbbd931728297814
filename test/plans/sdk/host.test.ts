import { spawn } from 'node:child_process'
import * as assert from 'uvu/assert'
import { diagnosticsRecord, rowCheck } from '../../../plans/sdk/index.ts'
import { describe } from '../../suite.ts'
import { eventsOf, linesOf, startProgram } from './start.ts'

const outcomes = /^(success|failure|crash)_event$/

describe('host', (test) => {
  test('instances of one process meet, each with its own folder and events', async () => {
    const started = await startProgram('meet', 3)
    const { code, out, err } = await started.ended
    assert.is(code, 0, err)
    const events = eventsOf(out)
    assert.is(events.filter(({ kind }) => kind === 'success_event').length, 3)
    const messages = events.filter(({ kind }) => kind === 'message_event').map(({ body }) => body.message)
    assert.is(new Set(messages).size, 1, 'one seed, one draw')
    for (const index of [0, 1, 2]) {
      assert.equal(linesOf(started, index, 'notes.ndjson'), [JSON.stringify({ n: index, kind: 'a' })])
      assert.equal(
        eventsOf(linesOf(started, index, 'run.out')).map(({ kind }) => kind),
        ['start_event', 'stage_start_event', 'stage_end_event', 'message_event', 'success_event'],
      )
    }
    const told = started.told.filter(({ who }) => who?.index === 2).map(({ event }) => Object.keys(event)[0])
    assert.equal(told, ['start_event', 'stage_start_event', 'stage_end_event', 'message_event', 'success_event'])
    await started.sync.close()
  })

  test('how the process did is written once more when each instance ends', async () => {
    const started = await startProgram('meet', 2)
    assert.is((await started.ended).code, 0)
    const sharedBy: number[] = []
    for (const index of [0, 1]) {
      const rows = linesOf(started, index, 'diagnostics.ndjson').map((line) => JSON.parse(line))
      assert.is(rows.length, 1)
      assert.equal(rowCheck(diagnosticsRecord)(rows[0]), [])
      assert.ok(rows[0].cpu_percent > 0 && rows[0].rss_bytes > 1e7 && rows[0].connections > 0)
      sharedBy.push(rows[0].shared_by)
    }
    assert.equal(sharedBy.sort(), [1, 2])
    await started.sync.close()
  })

  test('a line carries time in nanoseconds, run, group and instance', async () => {
    const started = await startProgram('fail', 1)
    const { code, out } = await started.ended
    assert.is(code, 1)
    assert.match(out[0] as string, /^\{"ts":\d{19},"msg":"","group_id":"all","run_id":"r1","instance":0,"event":/)
    await started.sync.close()
  })

  test('a case that rejects is a failure with its error, on stdout and on the sync service', async () => {
    const started = await startProgram('fail', 1)
    const { out } = await started.ended
    const last = eventsOf(out).at(-1)
    assert.is(last?.kind, 'failure_event')
    assert.equal(last?.body, { error: 'TypeError: the table is empty', group: 'all', instance: 0 })
    assert.equal(started.told.at(-1), { who: { group: 'all', index: 0 }, event: { failure_event: last?.body } })
    await started.sync.close()
  })

  test('a row that does not fit its schema fails the instance', async () => {
    const started = await startProgram('nonsense', 1)
    const { code, out } = await started.ended
    assert.is(code, 1)
    assert.is(
      eventsOf(out).at(-1)?.body.error,
      'Error: notes.ndjson: column "n" is 1.5; write an integer; column "kind" is "c"; write one of a, b',
    )
    await started.sync.close()
  })

  test('an exception that nobody handles is a crash of every instance that had not ended', async () => {
    const started = await startProgram('crash', 3)
    const { code, out, err } = await started.ended
    assert.is(code, 1)
    const crashes = eventsOf(out).filter(({ kind }) => outcomes.test(kind))
    assert.equal(
      crashes.map(({ kind, body }) => [kind, body.instance, body.error]),
      [0, 1, 2].map((index) => ['crash_event', index, 'RangeError: out of a callback']),
    )
    assert.match(String(crashes[0]?.body.stacktrace), /program\.ts/)
    assert.match(err, /RangeError: out of a callback/)
    assert.is(started.told.filter(({ event }) => 'crash_event' in event).length, 3)
    await started.sync.close()
  })

  test('a stray rejection that the plan calls harmless is passed over', async () => {
    const started = await startProgram('stray', 1)
    assert.is((await started.ended).code, 0)
    await started.sync.close()
  })

  test('a case that the plan does not have is a failure that names those it has', async () => {
    const started = await startProgram('mete', 1)
    const { code, out } = await started.ended
    assert.is(code, 1)
    assert.match(String(eventsOf(out).at(-1)?.body.error), /no case "mete"; it has meet, wait, fail/)
    await started.sync.close()
  })

  test('SIGTERM aborts the signal, and nothing that follows is told as an outcome', async () => {
    const started = await startProgram('wait', 2)
    await started.seen(/waiting[\s\S]*waiting/)
    started.child.kill('SIGTERM')
    const { code, out } = await started.ended
    assert.is(code, 143)
    assert.not(eventsOf(out).some(({ kind }) => outcomes.test(kind)))
    assert.is(eventsOf(out).at(-1)?.body.message, 'left before the end: ended by SIGTERM')
    await started.sync.close()
  })

  test('a case that does not heed the signal is ended after two seconds', async () => {
    const started = await startProgram('stubborn', 1)
    await started.seen(/waiting/)
    const before = Date.now()
    started.child.kill('SIGINT')
    assert.is((await started.ended).code, 130)
    assert.ok(Date.now() - before < 10_000)
    await started.sync.close()
  })

  test('it ends when its launcher closes the pipe', async () => {
    const started = await startProgram('wait', 1)
    await started.seen(/waiting/)
    started.child.stdin?.end()
    assert.is((await started.ended).code, 1)
    await started.sync.close()
  })

  test('it ends when its launcher is gone, though the pipe is open', async () => {
    const launcher = spawn('sleep', ['60'])
    const started = await startProgram('wait', 1, { HOPLAB_LAUNCHER: String(launcher.pid) })
    await started.seen(/waiting/)
    launcher.kill('SIGKILL')
    assert.is((await started.ended).code, 1)
    await started.sync.close()
  })

  test('without a sync service it fails and says where it looked', async () => {
    const started = await startProgram('wait', 1, { SYNC_SERVICE_PORT: '1' })
    const { code, out } = await started.ended
    assert.is(code, 1)
    assert.match(
      String(eventsOf(out).at(-1)?.body.error),
      /no sync service at ws:\/\/127\.0\.0\.1:1\/all\/0 .*SYNC_SERVICE_HOST/,
    )
    await started.sync.close()
  })

  test('a wrong environment is refused, all of it at once', async () => {
    const started = await startProgram('wait', 1, { TEST_RUN: '', TEST_INSTANCE_COUNT: 'two' })
    const { code, out, err } = await started.ended
    assert.is(code, 2)
    assert.equal(out, [])
    assert.match(err, /TEST_RUN is not set; TEST_INSTANCE_COUNT is "two"; write a whole number from 1/)
    await started.sync.close()
  })
})

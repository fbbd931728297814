import * as assert from 'uvu/assert'
import { errorOf, outcomeOf, planEvent, printedEvent } from '../../../kernel-lib/harness/output/events.ts'
import { describe } from '../../suite.ts'

describe('events of a program', (test) => {
  test('a line of our sdk names its instance and its time', () => {
    const line =
      '{"ts":1795223809302000000,"msg":"","group_id":"single","run_id":"r","instance":3,"event":{"success_event":{"group":"single"}}}'
    assert.equal(printedEvent(line), {
      event: { success_event: { group: 'single' } },
      group: 'single',
      index: 3,
      atMs: 1795223809302,
    })
  })

  test("a line of Testground's JavaScript SDK has a group and no instance", () => {
    const line =
      '{"event":{"failure_event":{"group":"a","error":"no"}},"group_id":"a","level":"info","message":"","run_id":"r","ts":1}'
    const printed = printedEvent(line)
    assert.equal(printed, {
      event: { failure_event: { group: 'a', error: 'no' } },
      group: 'a',
      index: null,
      atMs: 0,
    })
    assert.is(errorOf(printed?.event ?? {}), 'no')
  })

  test('free text, cut lines and logs without an event are none', () => {
    for (const line of [
      '',
      'hello',
      '{"event":{"success_event":',
      '{"msg":"x"}',
      '["event"]',
      '{"event":3}',
      '{"event":{"a":1}}',
    ])
      assert.is(printedEvent(line), null, line)
  })

  test('the finish of an older SDK is an outcome', () => {
    const outcomes = ['ok', 'failed', 'crashed', 'aborted'].map((outcome) =>
      outcomeOf(planEvent({ type: 'finish', outcome }) ?? {}),
    )
    assert.equal(outcomes, ['success', 'failure', 'crash', 'failure'])
    assert.is(errorOf(planEvent({ type: 'finish', outcome: 'failed', error: 'timed out' }) ?? {}), 'timed out')
    assert.is(planEvent({ type: 'metric', metric: {} }), null)
  })

  test('a message is no outcome', () => {
    assert.is(outcomeOf({ message_event: { message: 'success_event' } }), null)
  })

  test('a stack that the Go SDK gives for an error is no reason', () => {
    const error = 'goroutine 30 [running]:\nruntime/debug.Stack()'
    const event = { crash_event: { group: 'a', error, stacktrace: error } }
    assert.is(outcomeOf(event), 'crash')
    assert.is(errorOf(event), '')
  })

  test('what the Go SDK says of its own copy of standard error is no outcome', () => {
    const error = 'stderr file tee sync failed failed: sync /outputs/run.err: file already closed'
    assert.is(outcomeOf({ crash_event: { group: 'a', error, stacktrace: '' } }), null)
  })
})

import * as assert from 'uvu/assert'
import type { Ending } from '../../../kernel-lib/harness/harness.ts'
import { judge, worstOf } from '../../../kernel-lib/run/judge.ts'
import { describe } from '../../suite.ts'

const success = { success_event: { group: 'a' } }
const failure = { failure_event: { group: 'a', error: 'no\nrecords' } }
const crash = { crash_event: { group: 'a', error: 'boom', stacktrace: '' } }
const quiet: Ending = {
  exit: { code: 0, signal: null },
  killed: null,
  fault: null,
  stdoutEvents: [],
  syncEvents: [],
  lastWords: '',
  waitingFor: null,
  startedMs: 1000,
  endedMs: 61_000,
}
const of = (ending: Partial<Ending>, strict = false) => judge({ ...quiet, ...ending }, { strict })

describe('the outcome of an instance', (test) => {
  test('is success only if somebody said so', () => {
    assert.is(of({}).outcome, 'unknown')
    assert.is(of({ exit: null }).outcome, 'crash')
    assert.equal(of({ stdoutEvents: [success] }), { outcome: 'success', reason: 'success', spoke: ['stdout'] })
    assert.equal(of({ stdoutEvents: [success], syncEvents: [success] }).spoke, ['sync', 'stdout'])
  })

  test('is one however often it is told', () => {
    assert.is(of({ stdoutEvents: [success, success, success], syncEvents: [success, success] }).outcome, 'success')
  })

  test('is the worse of two that contradict each other, and says so', () => {
    const contradicted = of({ stdoutEvents: [success], syncEvents: [failure] })
    assert.is(contradicted.outcome, 'failure')
    assert.is(contradicted.reason, 'failure: no records (stdout says success)')
    assert.is(of({ stdoutEvents: [crash], syncEvents: [failure] }).outcome, 'crash')
    assert.is(of({ stdoutEvents: [success], exit: { code: 3, signal: null } }).outcome, 'crash')
    assert.is(of({ stdoutEvents: [failure, success] }).outcome, 'failure')
  })

  test('a failure that leaves with a code is a failure', () => {
    assert.is(of({ stdoutEvents: [failure], exit: { code: 1, signal: null } }).reason, 'failure: no records')
  })

  test('a code or a signal without a word is a crash, with the last words', () => {
    const code = of({ exit: { code: 7, signal: null }, lastWords: 'one\nsegfault ahead\n' })
    assert.is(code.reason, 'crash after 60 s: exit code 7; last words: segfault ahead')
    assert.is(of({ exit: { code: null, signal: 'SIGSEGV' } }).reason, 'crash after 60 s: SIGSEGV')
  })

  test('a crash that is told twice is one, with the reason that one of the two gives', () => {
    const bare = { crash_event: { group: 'a', error: 'goroutine 30 [running]:\nmain.main()', stacktrace: 's' } }
    for (const stdoutEvents of [
      [bare, crash],
      [crash, bare],
    ])
      assert.equal(of({ stdoutEvents }), { outcome: 'crash', reason: 'crash: boom', spoke: ['stdout'] })
  })

  test('the last words of a Go program are what it panicked of, not the end of the stack', () => {
    const lastWords = 'panic: nobody caught this\n\ngoroutine 32 [running]:\n\tmain.go:33 +0x14a\n'
    const code = of({ exit: { code: 2, signal: null }, lastWords })
    assert.is(code.reason, 'crash after 60 s: exit code 2; last words: panic: nobody caught this')
  })

  test('a time-out of one whose waits are not known gives its last words', () => {
    const exit = { code: null, signal: 'SIGKILL' }
    const late = of({ killed: 'timeout', exit, lastWords: 'waits for others' })
    assert.is(late.reason, 'timeout after 60 s; last words: waits for others')
  })

  test('a time-out says what it waited for', () => {
    const exit = { code: null, signal: 'SIGKILL' }
    const waitingFor = 'barrier "met" (2 of 3 there; missing a/2)'
    assert.equal(of({ killed: 'timeout', exit, waitingFor }), {
      outcome: 'timeout',
      reason: `timeout after 60 s: waiting for ${waitingFor}`,
      spoke: ['killed'],
    })
    assert.is(of({ killed: 'timeout', exit, stdoutEvents: [success] }).outcome, 'timeout')
    assert.is(of({ killed: 'canceled', exit, stdoutEvents: [failure] }).outcome, 'failure')
    assert.is(of({ killed: 'canceled', exit: null }).reason, 'canceled before it was started')
  })

  test('a success over a barrier that was given up is a failure', () => {
    assert.is(of({ syncEvents: [success], waitingFor: 'barrier "met" (1 of 2 there)' }).outcome, 'failure')
  })

  test('strict hears the sync service alone', () => {
    assert.is(of({ stdoutEvents: [success] }, true).outcome, 'failure')
    assert.is(of({ syncEvents: [success] }, true).outcome, 'success')
    assert.is(
      of({ syncEvents: [success], stdoutEvents: [failure], exit: { code: 1, signal: null } }, true).outcome,
      'success',
    )
    assert.is(of({}, true).outcome, 'unknown')
    assert.is(of({ syncEvents: [success], killed: 'timeout' }, true).outcome, 'timeout')
  })

  test('an instance of a shared process that told its end is judged by that alone', () => {
    assert.is(of({ exit: null, stdoutEvents: [success] }).outcome, 'success')
  })
})

describe('the outcome of a run', (test) => {
  test('is as bad as its worst instance', () => {
    assert.is(worstOf(['success', 'failure', 'timeout']), 'failure')
    assert.is(worstOf(['success', 'canceled']), 'canceled')
    assert.is(worstOf(['success', 'success']), 'success')
  })

  test('is unknown when it is empty', () => {
    assert.is(worstOf([]), 'unknown')
  })
})

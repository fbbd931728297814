import * as assert from 'uvu/assert'
import { describe } from '../../../suite.ts'
import { simulate, troubles } from './simulated.ts'

const startMs = Date.UTC(2025, 0, 1)
const aborted = [5, 'AbortError', 'ABORT_ERR', 'enough']

describe('time in the simulator', (test) => {
  test('has timers of every kind, as Node has them, and takes none of the machine’s', async () => {
    const ran = await simulate('timers')
    assert.equal(troubles(ran), [])
    assert.equal(ran.holes, [])
    assert.equal(ran.seen, {
      order: [
        'first microtask',
        'immediate',
        'immediate of an immediate',
        '1 ms',
        'tick',
        'microtask',
        '0 ms, which is 1',
        'second of 2 ms',
        'third of 2 ms',
      ],
      hour: 3_600_000,
      value: 'given',
      soon: 'at once',
      fraction: 1,
      negative: 1,
      'not a number': 1,
      'too long': 1,
      'text for a delay': 20,
      'named import': 7,
      'module object': 8,
      promisified: 9,
      'promisified immediate': 'value',
      'scheduler.wait': 11,
      'scheduler.yield': 0,
      values: [1, 'two'],
      interval: [10, 20, 30],
      'interval cleared by itself': [10],
      'interval as promises': [
        [10, 'tick'],
        [20, 'tick'],
        [45, 'tick'],
        [45, 'tick'],
      ],
      'refreshed before it fires': [35],
      'refreshed after it fired': [20, 70],
      'refreshed interval': [35],
      'refreshed after it was cleared': [],
      'refreshed when it fires': [20, 40, 60],
      'cleared by its number': [],
      'cleared by its number as text': [],
      'cleared as an interval': [],
      'cleared by close': [],
      'cleared twice and nothing cleared': [20],
      'immediate cleared': [],
      references: [true, false, true],
      'aborted sleep': aborted,
      'aborted ticks': aborted,
      'AbortSignal.timeout': 30,
      'reason of AbortSignal.timeout': 'TimeoutError',
      'AbortSignal.any': 31,
      'no function': 'ERR_INVALID_ARG_TYPE',
      this: true,
      'many that were taken back': 2000,
    })
  })

  test('is the same by every name that a program may ask by', async () => {
    const ran = await simulate('dates')
    assert.equal(troubles(ran), [])
    assert.equal(ran.holes, [])
    const nowMs = 86_461_500
    const hrtime = [86_461, 500_000_000]
    const iso = '2025-01-02T00:01:01.500Z'
    const short = '1/2/25, 12:01:01 AM'
    assert.equal(ran.seen, {
      start: startMs,
      'Date()': 'Thu Jan 02 2025 00:01:01 GMT+0000 (Coordinated Universal Time)',
      'new Date()': iso,
      'Date.now()': startMs + nowMs,
      'Date of a text': Date.UTC(2020, 1, 2),
      'Date of parts': '2020-02-02T00:00:00.000Z',
      'Date of a date': 5,
      'Date of undefined': 'Invalid Date',
      'Date.UTC': Date.UTC(2020, 0),
      'Date.parse': 1000,
      'Date.length and name': [7, 'Date'],
      constructor: true,
      instanceof: [true, true, true],
      tag: '[object Date]',
      'structured clone': true,
      subclass: 1,
      'subclass now': iso,
      'performance.now': nowMs,
      'named performance.now': nowMs,
      'performance.timeOrigin': startMs,
      'performance.toJSON': startMs,
      'marks and measures': [nowMs, 7, nowMs, 0, 3, 9],
      'process.hrtime': hrtime,
      'process.hrtime since': hrtime,
      'process.hrtime since later': [0, 100_000_000],
      'named hrtime': hrtime,
      'hrtime.bigint': '86461500000000',
      'process.uptime': 86_461.5,
      'env.clock': startMs + nowMs,
      'event time': nowMs,
      'Intl default': short,
      'Intl default of undefined': short,
      'Intl default parts': short,
      'Intl of a date': '1/1/70, 12:00:00 AM',
      'Intl bound': '1/1/70, 12:00:00 AM',
      'time zone': 'UTC',
      toLocaleString: '1/2/2025, 12:01:01 AM',
      offset: 0,
    })
  })
})

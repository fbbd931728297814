import * as assert from 'uvu/assert'
import { causeOf } from '../../../plans/libp2p/cause.ts'
import { isStray } from '../../../plans/libp2p/process.ts'
import { describe } from '../../suite.ts'

const named = (name: string, rest: object = {}): Error => Object.assign(new Error('x'), { name, ...rest })

describe('cause of a failure', (test) => {
  test('system errors are known by their code', () => {
    assert.is(causeOf(named('Error', { code: 'ECONNREFUSED' })), 'refused')
    assert.is(causeOf(named('Error', { code: 'ECONNRESET' })), 'reset')
  })

  test('libp2p’s errors are known by their name', () => {
    assert.is(causeOf(named('UnsupportedProtocolError')), 'unsupported')
    assert.is(causeOf(named('NoValidAddressesError')), 'no-address')
    assert.is(causeOf(named('StreamResetError')), 'reset')
    assert.is(causeOf(named('TimeoutError')), 'timeout')
  })

  test('a wrapped error is looked into', () => {
    assert.is(
      causeOf(new AggregateError([named('Odd'), named('E', { code: 'ECONNREFUSED' })], 'all failed')),
      'refused',
    )
    assert.is(causeOf(new Error('dial failed', { cause: named('StreamResetError') })), 'reset')
    assert.is(causeOf(named('DialError', { message: 'connect ECONNREFUSED 127.0.0.1:1' })), 'refused')
  })

  test('a relay that passes a dial on to nobody refuses it', () => {
    const refusal = named('InvalidMessageError', { message: 'failed to connect via relay with status NO_RESERVATION' })
    assert.is(causeOf(new AggregateError([refusal], 'all failed')), 'refused')
  })

  test('what is not known is other', () => {
    assert.is(causeOf(new Error('odd')), 'other')
    assert.is(causeOf(undefined), 'other')
    assert.is(causeOf('text'), 'other')
  })
})

describe('stray rejections', (test) => {
  test('a network error that nobody waits for is harmless', () => {
    assert.ok(isStray(named('TimeoutError')))
    assert.ok(isStray(named('Error', { code: 'ECONNRESET' })))
  })

  test('a fault in the program is not', () => {
    assert.not.ok(isStray(new TypeError('x is undefined')))
    assert.not.ok(isStray(undefined))
    assert.not.ok(isStray(new AggregateError([named('TimeoutError'), new TypeError('x')], 'both')))
  })
})

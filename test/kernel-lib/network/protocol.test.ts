import * as assert from 'uvu/assert'
import { unshaped } from '../../../kernel-lib/network/shape.ts'
import {
  clearCommand,
  joinCommand,
  leaveCommand,
  readAnswer,
  readStats,
  shapeCommand,
} from '../../../kernel-lib/network/shaper/protocol.ts'
import { queueRule } from '../../../kernel-lib/network/shaper/rule.ts'
import { describe } from '../../suite.ts'

describe('the words of the shaper', (test) => {
  test('name a namespace and its queue, a source and its shape', () => {
    const namespace = { path: '/proc/7/ns/net', queue: 3 }
    assert.is(joinCommand(namespace), 'join 3 /proc/7/ns/net')
    assert.is(leaveCommand(namespace), 'leave 3 /proc/7/ns/net')
    assert.is(
      shapeCommand('16.0.0.0/16', { ...unshaped, latencyMs: 0.0505, loss: 0.01, duplicateCorrelation: 0.25 }),
      'shape 16.0.0.0/16 delay_us=51 jitter_us=0 loss=0.01 corrupt=0 corrupt_corr=0 duplicate=0 duplicate_corr=0.25 reorder=0 reorder_corr=0',
    )
    assert.is(clearCommand('16.0.0.2'), 'clear 16.0.0.2')
  })

  test('answer by number, with values or with what went wrong', () => {
    assert.equal(readAnswer('7 ok'), { id: 7, values: {} })
    assert.equal(readAnswer('0 ok scheduling=fifo'), { id: 0, values: { scheduling: 'fifo' } })
    assert.equal(readAnswer('8 error /proc/7/ns/net: No such file'), { id: 8, error: '/proc/7/ns/net: No such file' })
    assert.throws(() => readAnswer('hello'), /printed "hello"/)
  })

  test('tell times in microseconds, which are read as milliseconds', () => {
    const { values } = readAnswer(
      '9 ok packets=5 dropped=1 corrupted=0 duplicated=2 reordered=0 overflowed=0 late_mean_us=20 late_max_us=1500 cpu_us=2500',
    ) as { values: Record<string, string> }
    assert.equal(readStats(values), {
      packets: 5,
      dropped: 1,
      corrupted: 0,
      duplicated: 2,
      reordered: 0,
      overflowed: 0,
      lateMeanMs: 0.02,
      lateMaxMs: 1.5,
      cpuMs: 2.5,
    })
  })

  test('queue what comes in, and never let it pass where no shaper runs', () => {
    assert.is(queueRule('eth1', 0).join(' '), '-w -t mangle -A PREROUTING -i eth1 -j NFQUEUE --queue-num 0')
  })
})

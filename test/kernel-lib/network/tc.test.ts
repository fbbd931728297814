import * as assert from 'uvu/assert'
import { type Shape, unshaped } from '../../../kernel-lib/network/shape.ts'
import { tcLines } from '../../../kernel-lib/network/tc.ts'
import { describe } from '../../suite.ts'

const netem = { netem: true }
const without = { netem: false }
const first = (after: Partial<Shape>) => ({ before: unshaped, after: { ...unshaped, ...after } })
const tenMbit = { latencyMs: 50, jitterMs: 5, bandwidthBps: 10_000_000 }

describe('tc lines', (test) => {
  test('shape an interface by HTB and, where the kernel has it, netem with every part named', () => {
    const all = {
      ...tenMbit,
      loss: 0.01,
      corrupt: 0.001,
      corruptCorrelation: 0.1,
      duplicate: 0.005,
      duplicateCorrelation: 0.1,
      reorder: 0.05,
      reorderCorrelation: 0.5,
    }
    assert.equal(tcLines('eth1', first(all), netem), [
      'qdisc add dev eth1 root handle 1: htb default 2',
      'class add dev eth1 parent 1: classid 1:2 htb rate 10000000bit ceil 10000000bit quantum 60000',
      'qdisc add dev eth1 parent 1:2 handle 2: netem limit 1046 delay 50000us 5000us loss random 1% corrupt 0.1% 10% duplicate 0.5% 10% reorder 5% 50% gap 1',
    ])
  })

  test('leave what netem would do to the shaper where the kernel has none', () => {
    assert.equal(tcLines('eth1', first(tenMbit), without), [
      'qdisc add dev eth1 root handle 1: htb default 2',
      'class add dev eth1 parent 1: classid 1:2 htb rate 10000000bit ceil 10000000bit quantum 60000',
      'qdisc add dev eth1 parent 1:2 handle 2: pfifo limit 1000',
    ])
    assert.equal(tcLines('eth1', first({ latencyMs: 50 }), without), [])
  })

  test('name the most that HTB takes where the bandwidth is unlimited', () => {
    const [, shape, leaf] = tcLines('eth1', first({ latencyMs: 0.0505 }), netem)
    assert.is(
      shape,
      'class add dev eth1 parent 1: classid 1:2 htb rate 34359738360bit ceil 34359738360bit quantum 60000',
    )
    assert.match(leaf ?? '', /netem limit 100000 delay 51us 0us loss random 0% .* reorder 0% 0%$/)
  })

  test('hold what is under way at the bandwidth, and 1,000 packets more', () => {
    const long = { latencyMs: 200, jitterMs: 50, bandwidthBps: 1_000_000_000 }
    assert.match(tcLines('eth1', first(long), netem)[2] ?? '', /limit 21641 /)
    assert.match(tcLines('eth1', first(long), without)[2] ?? '', /limit 16513$/)
    assert.match(tcLines('eth1', first({ bandwidthBps: 1_000_000_000 }), without)[2] ?? '', /limit 8257$/)
  })

  test('change a shape in place, so that its packets stay, and clear what is no longer asked for', () => {
    const before = { ...unshaped, ...tenMbit, corrupt: 0.5, reorder: 0.5 }
    const after = { ...unshaped, latencyMs: 80, bandwidthBps: 2_000_000 }
    assert.equal(tcLines('eth1', { before, after }, netem), [
      'class change dev eth1 parent 1: classid 1:2 htb rate 2000000bit ceil 2000000bit quantum 60000',
      'qdisc change dev eth1 parent 1:2 handle 2: netem limit 1014 delay 80000us 0us loss random 0% corrupt 0% 0% duplicate 0% 0% reorder 0% 0%',
    ])
  })

  test('remove everything for the unshaped link, and nothing where there is nothing', () => {
    const shaped = { ...unshaped, ...tenMbit }
    assert.equal(tcLines('eth1', { before: shaped, after: unshaped }, netem), ['qdisc del dev eth1 root'])
    assert.equal(tcLines('eth1', { before: shaped, after: { ...shaped, bandwidthBps: 0 } }, without), [
      'qdisc del dev eth1 root',
    ])
    assert.equal(tcLines('eth1', { before: unshaped, after: unshaped }, netem), [])
  })

  test('write small shares without an exponent', () => {
    const [, , leaf] = tcLines('eth1', first({ loss: 1e-7, corrupt: 1, duplicate: 0.3 }), netem)
    assert.match(leaf ?? '', / loss random 0.00001% corrupt 100% 0% duplicate 30% 0% /)
  })
})

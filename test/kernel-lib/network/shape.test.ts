import * as assert from 'uvu/assert'
import { checkShape } from '../../../kernel-lib/network/check-shape.ts'
import { altersPackets, isUnshaped, shapeOf, unshaped } from '../../../kernel-lib/network/shape.ts'
import { describe } from '../../suite.ts'

describe('a shape', (test) => {
  test("is a composition's link with independent draws", () => {
    const link = { latencyMs: 5, jitterMs: 0, bandwidthBps: 0, loss: 0, corrupt: 0.1, reorder: 0, duplicate: 0 }
    assert.equal(shapeOf(link), {
      ...link,
      corruptCorrelation: 0,
      reorderCorrelation: 0,
      duplicateCorrelation: 0,
    })
  })

  test('of a bandwidth alone alters no packet', () => {
    assert.ok(isUnshaped(unshaped))
    assert.not(isUnshaped({ ...unshaped, bandwidthBps: 1 }))
    assert.not(altersPackets({ ...unshaped, bandwidthBps: 1 }))
    assert.ok(altersPackets({ ...unshaped, jitterMs: 1 }))
  })

  test('is refused with everything that is wrong in it', () => {
    assert.equal(checkShape({ ...unshaped, latencyMs: -1, jitterMs: Number.NaN, loss: 1.5, reorder: 0.5 }), [
      'latencyMs: is -1; write a number from 0 to 4294967',
      'jitterMs: is NaN; write a number from 0 to 4294967',
      'loss: is 1.5; write a number from 0 to 1',
    ])
    assert.equal(checkShape({ ...unshaped, reorder: 0.5 }), [
      'reorder: is 0.5 without a latency; give a latency too, or no reordering',
    ])
    assert.equal(checkShape({ ...unshaped, latencyMs: 1, reorder: 0.5 }), [])
  })
})

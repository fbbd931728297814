import * as assert from 'uvu/assert'
import { goneAmong, seededRandom, thinned } from '../../../../plans/sdk/index.ts'
import { describe } from '../../../suite.ts'

const table = Uint32Array.from({ length: 50 }, (_, i) => 100 + i)

describe('a table that holds a share', (test) => {
  test('holds it on average, of its own entries in their order', () => {
    let held = 0
    for (let seed = 0; seed < 200; seed++) {
      const part = thinned(table, 0.73, seededRandom(seed, 'thin'))
      assert.equal([...part], [...new Set(part)].sort())
      assert.ok(part.every((rank) => table.includes(rank)))
      assert.ok(part.length === 36 || part.length === 37)
      held += part.length
    }
    assert.ok(Math.abs(held / 200 / 50 - 0.73) < 0.005, `${held / 200 / 50}`)
  })

  test('draws nothing where it holds all', () => {
    const random = seededRandom(1, 'thin')
    assert.is(thinned(table, 1, random), table)
    assert.is(random.float(), seededRandom(1, 'thin').float())
  })
})

describe('peers that are gone', (test) => {
  test('are the share that is asked for of all together', () => {
    assert.is(goneAmong(900, 0), 0)
    assert.is(goneAmong(900, 0.1), 100)
    assert.is(goneAmong(1000, 0.5), 1000)
  })

  test('are refused where keys of all are too many, and the message says what can be', () => {
    assert.throws(() => goneAmong(1_000_000, 0.9), /stale 0.9: .*9000000 gone peers .* write at most 0.52/)
    assert.throws(() => goneAmong(10, 1), /stale 1: .*write at most 0.99/)
    assert.is(goneAmong(1_000_000, 0.52), 1_083_333)
  })
})

import * as assert from 'uvu/assert'
import { seededRandom } from '../../../plans/sdk/random.ts'
import { describe } from '../../suite.ts'

const drawn = (seed: number, stream: string): number[] => {
  const random = seededRandom(seed, stream)
  return Array.from({ length: 5 }, () => random.integer(2 ** 32))
}

describe('random', (test) => {
  test('draws are the same on every machine', () => {
    // Computed apart, by sfc32 and SHA-256 in another language.
    assert.equal(drawn(1, 'targets'), [149540228, 2004112141, 3955181448, 1681952488, 1057426257])
    assert.is(Buffer.from(seededRandom(1, 'ids').bytes(6)).toString('hex'), 'b1dc0ec6f902')
    assert.is(seededRandom(1, 'f').float(), 0.6510545073429701)
  })

  test('streams and seeds differ, and drawing from one does not shift another', () => {
    assert.not.equal(drawn(1, 'a'), drawn(1, 'b'))
    assert.not.equal(drawn(1, 'a'), drawn(2, 'a'))
    assert.equal(drawn(1, 'a'), drawn(1, 'a'))
  })

  test('float is in [0, 1) and even', () => {
    const random = seededRandom(3, 'even')
    const tenths = new Array(10).fill(0)
    for (let n = 0; n < 100_000; n++) tenths[Math.floor(random.float() * 10)]++
    for (const count of tenths) assert.ok(Math.abs(count - 10_000) < 400, `${tenths}`)
  })

  test('integer reaches every value below its bound and no other', () => {
    const random = seededRandom(3, 'all')
    const seen = new Set(Array.from({ length: 1000 }, () => random.integer(7)))
    assert.equal([...seen].sort(), [0, 1, 2, 3, 4, 5, 6])
    assert.ok(random.integer(2 ** 53 - 1) < 2 ** 53)
    for (const below of [0, -1, 1.5, Number.NaN, 2 ** 53]) assert.throws(() => random.integer(below), /whole number/)
  })

  test('shuffle keeps every value and leaves its input alone', () => {
    const values = Array.from({ length: 100 }, (_, index) => index)
    const shuffled = seededRandom(3, 'cards').shuffle(values)
    assert.not.equal(shuffled, values)
    assert.equal(values[99], 99)
    assert.equal(
      shuffled.sort((a, b) => a - b),
      values,
    )
  })

  test('bytes gives as many as asked, also where that is no multiple of four', () => {
    for (const length of [0, 1, 3, 4, 7, 32]) assert.is(seededRandom(1, 'b').bytes(length).length, length)
  })
})

import { createHash } from 'node:crypto'
import * as assert from 'uvu/assert'
import {
  commonPrefixLength,
  compareDistance,
  fromHex,
  keyOfBytes,
  log2Distance,
  toHex,
} from '../../../plans/sdk/keyspace.ts'
import { describe } from '../../suite.ts'

const zero = new Uint8Array(32)
const at = (index: number, value: number): Uint8Array => {
  const key = new Uint8Array(32)
  key[index] = value
  return key
}
/** Distance as an exact integer. */
const distance = (a: Uint8Array, b: Uint8Array): bigint => BigInt(`0x${toHex(a)}`) ^ BigInt(`0x${toHex(b)}`)

describe('key space', (test) => {
  test('a key is the SHA-256 of the bytes', () => {
    assert.is(
      toHex(keyOfBytes(new TextEncoder().encode('abc'))),
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  test('hexadecimal text is 64 digits, no fewer and no others', () => {
    assert.is(toHex(fromHex('ab'.repeat(32))), 'ab'.repeat(32))
    for (const hex of ['', 'ab', 'zz'.repeat(32), 'AB'.repeat(32), 'ab'.repeat(33)])
      assert.throws(() => fromHex(hex), /64 hexadecimal/)
  })

  test('the common prefix is counted in bits', () => {
    assert.is(commonPrefixLength(zero, at(0, 0x80)), 0)
    assert.is(commonPrefixLength(zero, at(0, 0x01)), 7)
    assert.is(commonPrefixLength(zero, at(3, 0x10)), 27)
    assert.is(commonPrefixLength(zero, at(31, 1)), 255)
    assert.is(commonPrefixLength(zero, zero), 256)
  })

  test('order and logarithm agree with exact integers', () => {
    const keys = Array.from({ length: 60 }, (_, i) => new Uint8Array(createHash('sha256').update(`${i}`).digest()))
    const [target = zero, ...others] = keys
    const sorted = others.toSorted((a, b) => compareDistance(target, a, b)).map(toHex)
    const exact = others.toSorted((a, b) => (distance(target, a) < distance(target, b) ? -1 : 1)).map(toHex)
    assert.equal(sorted, exact)
    for (const key of others)
      assert.ok(Math.abs(log2Distance(target, key) - Math.log2(Number(distance(target, key)))) < 1e-9)
    assert.is(compareDistance(target, target, target), 0)
  })

  test('distances at the low end of the key space keep their logarithm', () => {
    assert.is(log2Distance(zero, at(31, 1)), 0)
    assert.is(log2Distance(zero, at(31, 8)), 3)
    assert.is(log2Distance(zero, at(28, 1)), 24)
    assert.is(log2Distance(zero, zero), Number.NEGATIVE_INFINITY)
  })
})

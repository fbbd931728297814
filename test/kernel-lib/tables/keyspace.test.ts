import { createHash } from 'node:crypto'
import * as assert from 'uvu/assert'
import { InputError } from '../../../kernel-lib/errors.ts'
import {
  commonPrefixLength,
  compareDistance,
  fromHex,
  keyOf,
  log2Distance,
  toHex,
} from '../../../kernel-lib/tables/keyspace.ts'
import { describe } from '../../suite.ts'

const zero = new Uint8Array(32)
const at = (index: number, value: number): Uint8Array => {
  const key = new Uint8Array(32)
  key[index] = value
  return key
}
/** Distance as an exact integer. */
const distance = (a: Uint8Array, b: Uint8Array): bigint => BigInt(`0x${toHex(a)}`) ^ BigInt(`0x${toHex(b)}`)

describe('keyspace', (test) => {
  test('a key is the SHA-256 of the multihash, whichever text the peer id is written in', () => {
    // Decoded and hashed by a separate program.
    const hashed = 'f30e5bc99ecdd584d712131412ab162754312d3fd335e0c5e758591ac1fe8628'
    assert.is(toHex(keyOf('QmNet43MiibBJ2TWBQYQGiFqDy3HNLp3biAEp7f9B7wvtu')), hashed)
    assert.is(toHex(keyOf('bafzbeiaevofnnho6uvm5asqjjc5tqk4gwxwh64cwspfqlwkjzmfwn47iiy')), hashed)
    const identity = 'a9fb3b592b9e6cee5658eaf7de67433434163a081d97cc77e303b300c816251e'
    assert.is(toHex(keyOf('12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA')), identity)
    assert.is(toHex(keyOf('bafzaajaiaejcal72gwuz2or47oyxxn6b3rkwdmmkrxgkjxzy3rqt5kczyn7lcm3l')), identity)
  })

  test('the same peer id gives the same array, so that it is computed once', () => {
    const peer = 'QmZ7zzmL4D547VhASXX78yWyAogR42WVfrio9HjHHeLfcY'
    assert.is(keyOf(peer), keyOf(peer))
  })

  test('text that is no peer id is refused with the text in the message', () => {
    for (const text of ['', 'node-3', 'Qm0000', '12D3KooW!', '<script>'])
      assert.throws(
        () => keyOf(text),
        (error: Error) => error instanceof InputError && error.message.includes(JSON.stringify(text)),
      )
  })

  test('hexadecimal text is 64 digits, no fewer and no others', () => {
    assert.is(toHex(fromHex('ab'.repeat(32))), 'ab'.repeat(32))
    for (const hex of ['', 'ab', 'zz'.repeat(32), 'ab'.repeat(33)]) assert.throws(() => fromHex(hex), /64 hexadecimal/)
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

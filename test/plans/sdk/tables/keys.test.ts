import * as assert from 'uvu/assert'
import {
  bucketsOf,
  byDistance,
  closestTo,
  commonPrefixLength,
  compareDistance,
  keyAt,
  nearestOf,
  randomKeys,
  rankOf,
  seededRandom,
  sortedKeys,
  toHex,
  wordsAt,
  wordsOf,
} from '../../../../plans/sdk/index.ts'
import { describe } from '../../../suite.ts'
import { keysOf } from './made-keys.ts'

const population = randomKeys(500, seededRandom(3, 'keys'))
const ranks = Array.from({ length: population.size }, (_, rank) => rank)
const keys = ranks.map((rank) => keyAt(population, rank))

describe('a population of keys', (test) => {
  test('is in rising order, whatever order the keys came in', () => {
    const hex = keys.map(toHex)
    assert.equal(hex, [...hex].sort())
    assert.is(new Set(hex).size, 500)
    const shuffled = seededRandom(1, 'order')
      .shuffle(keys)
      .flatMap((key) => [...key])
    assert.equal(sortedKeys(Uint8Array.from(shuffled)).words, population.words)
  })

  test('of the same stream is the same, and of another is not', () => {
    assert.equal(randomKeys(500, seededRandom(3, 'keys')).words, population.words)
    assert.not.equal(randomKeys(500, seededRandom(4, 'keys')).words, population.words)
  })

  test('sorts keys whose first words are equal by the rest', () => {
    const twins = sortedKeys(keysOf('11', '1', '1', '0'))
    assert.equal(
      ranks.slice(0, 4).map((rank) => keyAt(twins, rank)[31]),
      [3, 1, 2, 0],
    )
  })

  test('refuses equal keys, broken bytes and sizes that are none', () => {
    assert.throws(() => sortedKeys(new Uint8Array(64)), /keys 0 and 1 are equal/)
    assert.throws(() => sortedKeys(new Uint8Array(33)), /give 32 bytes a key/)
    assert.throws(() => randomKeys(2 ** 21 + 1, seededRandom(1, 'keys')), /from 1 to 2097152/)
  })

  test('buckets are the ranges of peers that share exactly so many bits', () => {
    for (const index of [0, 1, 77, 250, 499]) {
      const buckets = bucketsOf(population, wordsAt(population, index))
      for (const [shared, { from, to }] of buckets.entries()) {
        const members = ranks.filter(
          (rank) => rank !== index && commonPrefixLength(keys[rank] as never, keys[index] as never) === shared,
        )
        assert.equal(ranks.slice(from, to), members, `bucket ${shared} of ${index}`)
      }
      assert.is(
        buckets.reduce((sum, { from, to }) => sum + to - from, 0),
        499,
      )
    }
  })

  test('the closest are those that sorting all by distance gives', () => {
    const random = seededRandom(5, 'targets')
    for (let round = 0; round < 60; round++) {
      const target = random.bytes(32)
      const sorted = [...ranks].sort((a, b) => compareDistance(target, keys[a] as never, keys[b] as never))
      assert.equal([...closestTo(population, wordsOf(target), 20)], sorted.slice(0, 20))
      const among = [Uint32Array.from(sorted.slice(30, 90)), Uint32Array.from(sorted.slice(20, 60)).reverse()]
      assert.equal([...nearestOf(population, wordsOf(target), { among, count: 10 })], sorted.slice(20, 30))
    }
    assert.is(closestTo(population, wordsOf(random.bytes(32)), 600).length, 500)
  })

  test('peers whose first words are equal are told apart by the rest', () => {
    const twins = sortedKeys(keysOf('0', '0', '0', '1'))
    const target = new Uint8Array(32)
    target[31] = 2
    const all = Uint32Array.of(0, 1, 2, 3)
    assert.equal([...nearestOf(twins, wordsOf(target), { among: [all, all], count: 4 })], [2, 0, 1, 3])
  })

  test('a key that nobody has is in buckets too, and of no rank', () => {
    const random = seededRandom(8, 'strangers')
    for (let round = 0; round < 40; round++) {
      const key = random.bytes(32)
      const buckets = bucketsOf(population, wordsOf(key))
      assert.is(rankOf(population, wordsOf(key)), null)
      for (const [shared, { from, to }] of buckets.entries())
        assert.equal(
          ranks.slice(from, to),
          ranks.filter((rank) => commonPrefixLength(keys[rank] as never, key) === shared),
        )
      assert.is(
        buckets.reduce((sum, { from, to }) => sum + to - from, 0),
        500,
      )
    }
    for (const rank of [0, 250, 499]) assert.is(rankOf(population, wordsAt(population, rank)), rank)
  })

  test('one after the other by distance is the order that sorting all gives', () => {
    const random = seededRandom(9, 'targets')
    for (let round = 0; round < 20; round++) {
      const target = random.bytes(32)
      const sorted = [...ranks].sort((a, b) => compareDistance(target, keys[a] as never, keys[b] as never))
      assert.equal([...byDistance(population, wordsOf(target))], sorted)
    }
  })
})

import * as assert from 'uvu/assert'
import { type TableKind, tableModels } from '../../../kernel-lib/models/tables.ts'
import { expectedMin } from '../../../kernel-lib/stats/sample/binomial.ts'
import {
  bucketsOf,
  keyAt,
  type Range,
  randomKeys,
  type SortedKeys,
  seededRandom,
  sortedKeys,
  wordsAt,
  wordsOf,
} from '../../../plans/sdk/index.ts'
import { keysOf } from '../../plans/sdk/tables/made-keys.ts'
import { describe } from '../../suite.ts'

const peers = 3000
const population = randomKeys(peers, seededRandom(1, 'keys'))
const options = { bucketSize: 8, fill: 0.5, prefixLength: 5 }
const ownerOf = (keys: SortedKeys, rank: number) => ({ keys, key: wordsAt(keys, rank) })
const kinds = Object.keys(tableModels) as TableKind[]
const draw = (kind: TableKind, index: number, given = options) =>
  tableModels[kind](ownerOf(population, index), seededRandom(1, `table/${index}`), given)
const inside =
  ({ from, to }: Range) =>
  (rank: number) =>
    rank >= from && rank < to
const some = Array.from({ length: 300 }, (_, i) => i * 10)

/** Mean entries by bucket. */
function fillOf(kind: TableKind): number[] {
  const sums: number[] = new Array(6).fill(0)
  for (const index of some) {
    const table = draw(kind, index)
    for (const [i, bucket] of bucketsOf(population, wordsAt(population, index)).slice(0, 6).entries())
      sums[i] = (sums[i] as number) + table.filter(inside(bucket)).length
  }
  return sums.map((sum) => sum / some.length)
}

/** Mean number of different sub-prefixes of three bits in the first bucket. */
function parts(kind: TableKind): number {
  const counts = some.map((index) => {
    const [bucket] = bucketsOf(population, wordsAt(population, index))
    const members = draw(kind, index).filter(inside(bucket as Range))
    return new Set(Array.from(members, (rank) => (keyAt(population, rank)[0] as number) >>> 4)).size
  })
  return counts.reduce((sum, count) => sum + count, 0) / counts.length
}

describe('models of routing tables', (test) => {
  test('the same stream gives the same table, and no peer is there twice or its own', () => {
    for (const kind of kinds)
      for (const index of [0, 1, 1500, 2999]) {
        const table = draw(kind, index)
        assert.equal(draw(kind, index), table, kind)
        assert.is(new Set(table).size, table.length, kind)
        assert.ok(table.length > 20 && !table.includes(index), kind)
        assert.ok(table.every((rank) => rank < peers))
      }
  })

  for (const kind of ['random', 'balanced', 'replacing'] as const)
    test(`${kind}: buckets hold what R1 expects`, () => {
      const found = fillOf(kind)
      for (const [i, mean] of found.entries()) {
        const expected = expectedMin(options.bucketSize, peers - 1, 2 ** -(i + 1))
        assert.ok(Math.abs(mean - expected) < 0.05, `bucket ${i}: ${mean}, expected ${expected}`)
      }
      const deep = some.map((index) => {
        const [bucket] = bucketsOf(population, wordsAt(population, index)).slice(10)
        return bucket ? draw(kind, index).filter(inside(bucket)).length : 0
      })
      const mean = deep.reduce((sum, count) => sum + count, 0) / deep.length
      const expected = expectedMin(options.bucketSize, peers - 1, 2 ** -11)
      assert.ok(Math.abs(mean - expected) < 0.3, `bucket 10: ${mean}, expected ${expected}`)
    })

  test('kademlia: buckets hold the share that is asked for, and all of it gives what R1 expects', () => {
    for (const mean of fillOf('kademlia')) assert.is(mean, options.bucketSize / 2)
    const sizes = (fill: number) =>
      some.reduce((sum, index) => sum + draw('kademlia', index, { ...options, fill }).length, 0)
    const all = some.reduce((sum, index) => sum + draw('random', index).length, 0)
    assert.is(sizes(1), all)
    assert.ok(Math.abs(sizes(0.73) / all - 0.73) < 0.01, `${sizes(0.73) / all}`)
  })

  test('balanced tables hold more sub-prefixes than those that replace twins, and these more than random ones', () => {
    assert.is(parts('balanced'), 8)
    assert.ok(parts('replacing') > parts('random') + 2, `${parts('replacing')}, ${parts('random')}`)
    assert.ok(parts('random') < 6)
  })

  test('with as many sub-prefixes as places, replacing ends with each once', () => {
    assert.is(parts('replacing'), 8)
  })

  test('places that one side cannot fill go to the other', () => {
    const hand = sortedKeys(keysOf('0', '100', '110', '1101', '111', '1111'))
    const table = tableModels.balanced(ownerOf(hand, 0), seededRandom(1, 'x'), { bucketSize: 3 })
    assert.is(table.length, 3)
    assert.ok(table.includes(1), `${table}`)
    const more = tableModels.balanced(ownerOf(hand, 0), seededRandom(1, 'x'), { bucketSize: 5 })
    assert.equal([...more].sort(), [1, 2, 3, 4, 5])
  })

  test('trie: every leaf of the tree holds as many as a bucket, and its own side is no deeper', () => {
    const leaves = 2 ** options.prefixLength
    for (const index of some.slice(0, 40)) {
      const table = draw('trie', index)
      const counts: number[] = new Array(leaves).fill(0)
      for (const rank of table) {
        const leaf = (keyAt(population, rank)[0] as number) >>> 3
        counts[leaf] = (counts[leaf] as number) + 1
      }
      assert.equal(counts, new Array(leaves).fill(options.bucketSize))
    }
  })

  test('trie: a leaf that is not full does not split, and all others are in it', () => {
    const small = randomKeys(9, seededRandom(2, 'keys'))
    const table = tableModels.trie(ownerOf(small, 4), seededRandom(1, 'x'), options)
    assert.equal([...table].sort(), [0, 1, 2, 3, 5, 6, 7, 8])
  })

  test('trie: every other member of the own leaf can be drawn', () => {
    const small = randomKeys(6, seededRandom(2, 'keys'))
    const drawn = new Set<number>()
    for (let i = 0; i < 60; i++)
      for (const rank of tableModels.trie(ownerOf(small, 2), seededRandom(i, 'x'), {
        bucketSize: 2,
        prefixLength: 0,
      }))
        drawn.add(rank)
    assert.equal([...drawn].sort(), [0, 1, 3, 4, 5])
  })

  test("one who is in nobody's table draws a table of its own, with what R1 expects", () => {
    const key = wordsOf(seededRandom(4, 'client').bytes(32))
    for (const kind of kinds) {
      const table = tableModels[kind]({ keys: population, key }, seededRandom(1, 'client'), options)
      assert.is(new Set(table).size, table.length, kind)
      assert.ok(table.length > 20 && table.every((rank) => rank < peers), kind)
    }
    for (const kind of ['random', 'balanced', 'replacing'] as const) {
      const table = tableModels[kind]({ keys: population, key }, seededRandom(1, 'client'), options)
      for (const bucket of bucketsOf(population, key))
        assert.is(table.filter(inside(bucket)).length, Math.min(options.bucketSize, bucket.to - bucket.from), kind)
    }
  })
})

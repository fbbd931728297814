import * as assert from 'uvu/assert'
import { walkTo } from '../../../kernel-lib/models/walk.ts'
import { walksModel } from '../../../kernel-lib/models/walk-model.ts'
import { walks } from '../../../kernel-lib/stats/model/walks.ts'
import { sortedKeys, wordsOf } from '../../../plans/sdk/index.ts'
import { keysOf } from '../../plans/sdk/tables/made-keys.ts'
import { describe } from '../../suite.ts'

/** Peers 0 to 4 in the order of their keys; the key that is looked up is nearest to the last. */
const keys = sortedKeys(keysOf('0000', '1000', '1100', '1110', '1111'))
const key = wordsOf(keysOf('1111').fill(255, 31))
const walk = (tables: readonly (readonly number[])[], options = { replication: 2, paths: 1 }) =>
  walkTo({ keys, table: (index) => Uint32Array.from(tables[index] ?? []) }, { asker: 0, key }, options)
const small = { peers: 2000, bucketSize: 20, lookups: 40, sets: 2, seed: 3 } as const

describe('a modelled walk', (test) => {
  test('asks whoever is named and nearer, and returns the nearest that answered', () => {
    assert.equal(walk([[1], [2], [3], [4]]), { asked: 4, recall: 1, nearest: true })
    assert.equal(walk([[1, 2], [], [3]]), { asked: 2, recall: 0.5, nearest: false })
  })

  test('passes over who is farther than who names them, and never asks the asker', () => {
    assert.equal(walk([[2], [], [0, 1]]), { asked: 1, recall: 0, nearest: false })
  })

  test('of two paths asks no peer twice', () => {
    assert.equal(
      walk(
        [
          [1, 2],
          [3, 4],
          [3, 4],
        ],
        { replication: 2, paths: 2 },
      ),
      { asked: 4, recall: 1, nearest: true },
    )
  })
})

describe('a model of walks', (test) => {
  test("finds all of the closest with Kademlia's tables, and not with a shallow tree", async () => {
    const recall = async (tables: 'kademlia' | 'trie', paths: number) =>
      walks(await walksModel({ ...small, tables, prefixLength: 2, paths }))
    const [full, shallow, many] = [await recall('kademlia', 1), await recall('trie', 1), await recall('trie', 10)]
    assert.is(full.mean, 1)
    assert.ok((shallow.mean ?? 1) < 0.9)
    assert.ok((many.mean ?? 0) > (shallow.mean ?? 1))
    assert.ok((many.asked.mean ?? 0) > (shallow.asked.mean ?? 0))
    assert.is(shallow.entries.mean, 80)
    assert.equal(
      [shallow.n, shallow.expected, shallow.interval?.method],
      [80, 80, 'bootstrap of sets, walks (1000 resamples, seed 1)'],
    )
  })

  test('is the same for the same seed', async () => {
    const model = { ...small, peers: 300, tables: 'trie' } as const
    assert.equal(await walksModel(model), await walksModel(model))
  })

  test('refuses paths out of bounds', async () => {
    for (const paths of [0, 1.5])
      await walksModel({ ...small, tables: 'trie', paths }).then(
        () => assert.unreachable(),
        (error) => assert.match(error.message, `paths ${paths}: write a whole number from 1 to 1000`),
      )
  })
})

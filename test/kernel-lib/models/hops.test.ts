import * as assert from 'uvu/assert'
import { hopsModel } from '../../../kernel-lib/models/hops-model.ts'
import { hopsOf } from '../../../kernel-lib/models/lookup.ts'
import { sortedKeys, wordsOf } from '../../../plans/sdk/index.ts'
import { keysOf } from '../../plans/sdk/tables/made-keys.ts'
import { describe } from '../../suite.ts'

/** Peers 0 to 4 in the order of their keys; the key that is looked up is nearest to the last. */
const keys = sortedKeys(keysOf('0000', '1000', '1100', '1110', '1111'))
const key = wordsOf(keysOf('1111').fill(255, 31))
const one = { replication: 1, concurrency: 1 }
const lookup = (tables: readonly (readonly number[])[], asker: number, options = one) =>
  hopsOf({ keys, table: (index) => Uint32Array.from(tables[index] ?? []) }, { asker, key }, options)
const small = { peers: 400, bucketSize: 4, lookups: 300, sets: 2, seed: 5 }

describe('hops of a modelled lookup', (test) => {
  test('are none for one of the closest', () => {
    assert.is(lookup([], 4), 0)
    assert.is(lookup([], 3, { replication: 2, concurrency: 1 }), 0)
  })

  test('are one where one of the closest is in the own table, and one more for each table on the way', () => {
    assert.is(lookup([[1, 4]], 0), 1)
    assert.is(lookup([[1], [4]], 0), 2)
    assert.is(lookup([[1], [2], [3], [4]], 0), 4)
  })

  test('follow the tables of all that are asked', () => {
    const tables = [[1, 2, 3], [4], [1], [2]]
    assert.is(lookup(tables, 0, { replication: 1, concurrency: 3 }), 2)
    assert.is(lookup(tables, 0, { replication: 1, concurrency: 1 }), null)
  })

  test('are unknown where nobody nearer is named', () => {
    assert.is(lookup([[1], [0]], 0), null)
    assert.is(lookup([[]], 0), null)
  })
})

describe('a model of hops', (test) => {
  test('is the same for the same seed, and another for another', async () => {
    const [a, b] = [await hopsModel({ ...small, tables: 'random' }), await hopsModel({ ...small, tables: 'random' })]
    assert.equal(a, b)
    assert.not.equal((await hopsModel({ ...small, tables: 'random', seed: 6 })).sets, a.sets)
    assert.not.equal(a.sets[0], a.sets[1])
  })

  test('of other tables pairs: who is among the closest at once is so whatever the table', async () => {
    const none = async (tables: 'random' | 'balanced' | 'trie') =>
      (await hopsModel({ ...small, tables })).sets.map((set) => Array.from(set, (hops) => hops === 0))
    const atOnce = await none('random')
    assert.equal(await none('balanced'), atOnce)
    assert.equal(await none('trie'), atOnce)
    assert.ok(atOnce.flat().includes(true))
  })

  test('always ends where buckets are full, and may not where the tree is shallow', async () => {
    const ends = async (tables: 'random' | 'balanced' | 'replacing') =>
      (await hopsModel({ ...small, tables })).sets.every((set) => set.length === 300 && !set.includes(-1))
    assert.ok((await ends('random')) && (await ends('balanced')) && (await ends('replacing')))
    const shallow = await hopsModel({ ...small, peers: 2000, tables: 'trie', prefixLength: 1 })
    assert.ok(shallow.sets.some((set) => set.includes(-1)))
  })

  test('says all that is out of bounds at once', async () => {
    const problem = await hopsModel({ tables: 'even' as 'random', peers: 0, lookups: 1.5, fill: 2 }).then(
      () => '',
      ({ message }: Error) => message,
    )
    assert.match(problem, 'tables "even": write one of random, balanced, replacing, kademlia, trie')
    assert.match(problem, 'peers 0: write a whole number from 2')
    assert.match(problem, 'lookups 1.5')
    assert.match(problem, 'fill 2: write a share above 0')
  })

  test('stops between sets when it is aborted', async () => {
    const stop = new AbortController()
    const running = hopsModel({ ...small, tables: 'random', sets: 1000, signal: stop.signal })
    stop.abort(new Error('enough'))
    assert.is(await running.then(String, ({ message }: Error) => message), 'enough')
  })
})

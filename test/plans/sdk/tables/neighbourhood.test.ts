import * as assert from 'uvu/assert'
import {
  closestTo,
  randomKeys,
  seededRandom,
  tableModels,
  withNeighbourhood,
  wordsAt,
  wordsOf,
} from '../../../../plans/sdk/index.ts'
import { describe } from '../../../suite.ts'

const keys = randomKeys(2000, seededRandom(1, 'keys'))
const [count, fill] = [8, 0.4]
const owners = Array.from({ length: 250 }, (_, i) => i * 8)
const ownerOf = (rank: number) => ({ keys, key: wordsAt(keys, rank) })
const nearTo = (rank: number) => [...closestTo(keys, wordsAt(keys, rank), count + 1)].slice(1)
const drawn = (rank: number) =>
  tableModels.kademlia(ownerOf(rank), seededRandom(1, `table:${rank}`), { bucketSize: count, fill })
const given = (rank: number, share: number) =>
  withNeighbourhood(drawn(rank), ownerOf(rank), { share, count, random: seededRandom(1, `near:${rank}`) })
const farther = (table: Uint32Array, rank: number) => [...table].filter((entry) => !nearTo(rank).includes(entry)).sort()

describe('a table that holds a share of its neighbourhood', (test) => {
  for (const share of [0, 0.5, 0.97, 1])
    test(`of ${share} holds that of the nearest peers on average, as R5 counts them, and each of them as often`, () => {
      const held = new Array(count).fill(0)
      for (const rank of owners) {
        const table = given(rank, share)
        for (const [place, peer] of nearTo(rank).entries()) if (table.includes(peer)) held[place] += 1
        assert.is(new Set(table).size, table.length)
        assert.ok(!table.includes(rank))
      }
      const shares = held.map((times) => times / owners.length)
      assert.ok(Math.abs(shares.reduce((sum, each) => sum + each, 0) / count - share) < 0.015, `${shares}`)
      // Four standard errors.
      for (const each of shares)
        assert.ok(Math.abs(each - share) <= 4 * Math.sqrt((share * (1 - share)) / owners.length), `${shares}`)
    })

  test('holds of everyone farther what it held, whatever the share', () => {
    for (const rank of owners.slice(0, 40))
      for (const share of [0, 0.3, 1]) assert.equal(farther(given(rank, share), rank), farther(drawn(rank), rank))
  })

  test('holds more than one that is as full everywhere', () => {
    const share = (table: Uint32Array, rank: number) =>
      nearTo(rank).filter((peer) => table.includes(peer)).length / count
    const mean = owners.reduce((sum, rank) => sum + share(drawn(rank), rank), 0) / owners.length
    assert.ok(mean < 0.45, `${mean}`)
  })

  test('is the same for the same stream, and that of a key that nobody has knows its nearest too', () => {
    assert.equal(given(77, 0.5), given(77, 0.5))
    const key = wordsOf(seededRandom(9, 'stranger').bytes(32))
    const random = seededRandom(1, 'near')
    const table = withNeighbourhood(new Uint32Array(0), { keys, key }, { share: 1, count, random })
    assert.equal([...table].sort(), [...closestTo(keys, key, count)].sort())
  })

  test('holds everyone where there are no more than its neighbourhood', () => {
    const few = randomKeys(5, seededRandom(2, 'keys'))
    const owner = { keys: few, key: wordsAt(few, 2) }
    const table = withNeighbourhood(Uint32Array.of(1), owner, { share: 1, count, random: seededRandom(1, 'near') })
    assert.equal([...table].sort(), [0, 1, 3, 4])
  })
})

import * as assert from 'uvu/assert'
import type { Holdable } from '../../../plans/libp2p/warm/holdable.ts'
import { tableOf } from '../../../plans/libp2p/warm/table.ts'
import { closestTo, keyAt, randomKeys, seededRandom, type TableStart, wordsAt } from '../../../plans/sdk/index.ts'
import { describe } from '../../suite.ts'

const size = 400
const keys = randomKeys(size, seededRandom(4, 'keys'))
const holdable: Holdable = {
  keys,
  names: Int32Array.from({ length: size }, (_, rank) => rank + 1),
  rankOf: (seq) => seq - 1,
}
const options = { bucketSize: 8, prefixLength: 6 }
const plain: TableStart = {
  ...{ tables: 'kademlia', fill: 0.5, neighbourhood: null, stale: 0 },
  ...{ prefixLength: null, seed: 1, recorded: null },
}
const table = (seq: number, start: Partial<TableStart>) =>
  tableOf(holdable, { seq, key: keyAt(keys, seq - 1), options }, { ...plain, ...start })
const nearTo = (seq: number) => [...closestTo(keys, wordsAt(keys, seq - 1), 9)].slice(1)
const seqs = Array.from({ length: 40 }, (_, i) => 1 + i * 10)

describe('the table of a node of a warm network', (test) => {
  for (const tables of ['kademlia', 'trie', 'balanced', 'random'] as const)
    test(`${tables}: holds its whole neighbourhood where that is 1, none of it where that is 0, and of all others the same`, () => {
      for (const seq of seqs) {
        const near = nearTo(seq)
        const farther = (start: Partial<TableStart>) =>
          [...table(seq, { tables, ...start })].filter((rank) => !near.includes(rank))
        const all = table(seq, { tables, neighbourhood: 1 })
        const none = table(seq, { tables, neighbourhood: 0 })
        assert.ok(near.every((rank) => all.includes(rank) && !none.includes(rank)))
        assert.equal(farther({ neighbourhood: 1 }), farther({}))
        assert.equal([...none], farther({}))
        assert.ok(none.length > 5)
        assert.equal(
          [...all],
          [...all].sort((a, b) => a - b),
        )
      }
    })

  test('is full to both shares that are measured elsewhere, so that it has as many entries', () => {
    const mean = (start: Partial<TableStart>) =>
      seqs.reduce((sum, seq) => sum + table(seq, start).length, 0) / seqs.length
    const [full, near] = [mean({ tables: 'trie', fill: 1 }), 8]
    const known = seqs.reduce((sum, seq) => {
      const held = table(seq, { tables: 'trie', fill: 1 })
      return sum + nearTo(seq).filter((rank) => held.includes(rank)).length / seqs.length
    }, 0)
    const [wanted, neighbourhood] = [40, 0.95]
    const fill = (wanted - neighbourhood * near) / (full - known)
    assert.ok(Math.abs(mean({ tables: 'trie', fill, neighbourhood }) - wanted) < 0.8)
  })
})

import * as assert from 'uvu/assert'
import { sizeWords, startWords } from '../../../../kernel-lib/composition/start/start-words.ts'
import { describe } from '../../../suite.ts'
import { specOf } from '../../harness/sim/spec-of.ts'
import { warmStart } from '../warm-start.ts'

describe('the words of how a network begins', (test) => {
  test('tell nodes, and instances among them where not all run the program', () => {
    assert.is(sizeWords(specOf({ a: { count: 40 } })), '40 nodes')
    assert.is(sizeWords(specOf({ a: { count: 1 } })), '1 node')
    const idle = { count: 99_995, program: false }
    assert.is(sizeWords(specOf({ a: { count: 5 }, idle })), '5 instances among 100,000 nodes')
    assert.is(sizeWords(specOf({ idle, a: { count: 1 } })), '1 instance among 99,996 nodes')
  })

  test('tell tables, how full and how stale they are, and their seed', () => {
    assert.is(startWords(warmStart), 'warm start: kademlia tables, 100 % full, 0 % stale, table seed 1')
    assert.is(
      startWords({ ...warmStart, tables: 'trie', prefixLength: 6, fill: 0.73, stale: 0.285, seed: 7 }),
      'warm start: trie tables 6 bits deep, 73 % full, 28.5 % stale, table seed 7',
    )
    assert.is(
      startWords({ ...warmStart, fill: 0.4, neighbourhood: 0.97 }),
      'warm start: kademlia tables, 40 % full, 97 % of the neighbourhood, 0 % stale, table seed 1',
    )
    const recorded = { entries: [[2], [1]], keysSha256: '0'.repeat(64) }
    assert.is(startWords({ ...warmStart, tables: 'recorded', recorded }), 'warm start: recorded tables of 2 nodes')
  })
})

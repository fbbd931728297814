import * as assert from 'uvu/assert'
import { statistics } from '../../../kernel-lib/stats/statistics.ts'
import { describe } from '../../suite.ts'
import { build, key } from './build.ts'

const peers = ['me', 'a', 'b', 'c']
const keys = ['1', '01', '001', '0001']
const nodes = peers.map((peer, instance) => ({ peer, instance, key: key(keys[instance] as string) }))

describe('statistics of routing tables', (test) => {
  const tables = [
    { peer: 'me', instance: 0, buckets: [['a', 'b']], k: 2 },
    { peer: 'a', instance: 1, buckets: [['me'], ['b']], k: 2 },
    { peer: 'b', instance: 2, buckets: [['me'], [], ['gone']], k: 2 },
  ]
  const { R1, R4, R5, R6, R7, R8 } = statistics(
    build({ nodes, snapshots: tables, outcomes: peers.map(() => 'success') }),
  )

  test('R1 is the entries per bucket against the exact expectation', () => {
    assert.equal([R1.mean, R1.n, R1.expected, R1.missing], [2, 3, 4, 1])
    assert.is(R1.buckets[0]?.mean, 4 / 3)
    // Three others at chance 1/2, at most two of them held: (3·1 + 3·2 + 1·2)/8.
    assert.ok(Math.abs((R1.buckets[0]?.expected ?? 0) - 11 / 8) < 1e-12)
  })

  test('R1 expects of a network that began warm what all its servers give, whoever of them runs the program', () => {
    const groups = [
      { id: 'asking', count: 2, params: {} },
      { id: 'hidden', count: 5, params: { client_mode: true } },
      { id: 'others', count: 3, params: { client_mode: false } },
    ]
    const spec = { groups, start: { tables: 'kademlia' } }
    const { R1: warm } = statistics(build({ nodes: nodes.slice(0, 2), snapshots: tables.slice(0, 2), spec }))
    // Four others: at most two of them held: (4·1 + 11·2)/16.
    assert.ok(Math.abs((warm.buckets[0]?.expected ?? 0) - 26 / 16) < 1e-12)
  })

  test('R6, R7 and R8 say nothing of a network that began warm, of which few tables are told', () => {
    const spec = { groups: [], start: { tables: 'kademlia' } }
    const warm = statistics(build({ nodes, snapshots: tables, spec }))
    assert.equal([warm.R1.n, warm.R6.in.n, warm.R7.weak.n, warm.R8.n], [3, 0, 0, 0])
  })

  test('R4 and R5 go by what the owner of a table was told, in a network that began warm', () => {
    const spec = { groups: [], start: { tables: 'kademlia' } }
    const told = [
      { ...tables[0], nearest: ['a', 'x'], gone: [], undialable: ['b'], client: [] },
      { ...tables[1], nearest: ['me', 'b'], gone: [], undialable: [], client: ['me'] },
      { ...tables[2], nearest: [], gone: ['gone'], undialable: [], client: [] },
    ]
    const warm = statistics(
      build({ nodes: nodes.slice(0, 3), snapshots: told, spec, outcomes: told.map(() => 'success') }),
    )
    assert.equal(warm.R5.values, [0.5, 1])
    assert.is(warm.R5.missing, 1)
    assert.equal([warm.R4.n, warm.R4.missing, warm.R4.estimate], [6, 0, 3 / 6])
    assert.equal(warm.R4.counts, { fresh: 3, gone: 1, undialable: 1, client: 1, unknown: 0 })
    const untold = statistics(build({ nodes: nodes.slice(0, 3), snapshots: tables, spec }))
    assert.equal([untold.R5.n, untold.R5.missing], [0, 3])
  })

  test('R4 counts entries of peers that told nothing as missing', () => {
    assert.equal([R4.n, R4.missing, R4.estimate], [5, 1, 0])
    const shut = nodes.map((node) => ({ ...node, dialable: node.peer !== 'b' }))
    const { R4: stale } = statistics(build({ nodes: shut, snapshots: tables }))
    assert.equal([stale.estimate, stale.counts.undialable], [2 / 5, 2])
  })

  test('R5 is the share of the k nearest that a table holds', () => {
    // Keys 1000, 0100, 0010, 0001. Nearest two of me: c, b; of a: c, b; of b: c, a.
    assert.equal(R5.values, [0.5, 0.5, 0])
    assert.equal([R5.all.estimate, R5.few.estimate, R5.missing], [0, 1 / 3, 1])
  })

  test('R6 names who stands in no table', () => {
    assert.equal(R6.zeroIn, ['c'])
    assert.equal([R6.in.min, R6.in.max, R6.out.mean], [0, 2, 2])
  })

  test('R7 lists islands, and R8 measures the largest strong component', () => {
    assert.equal(R7.weak.islands, [['c']])
    assert.equal(R7.strong.islands.flat().sort(), ['c', 'gone'])
    assert.is(R7.strong.estimate, 3 / 5)
    assert.is(R8.diameter, 2)
    // me→a 1, me→b 1, a→me 1, a→b 1, b→me 1, b→a 2.
    assert.ok(Math.abs((R8.mean ?? 0) - 7 / 6) < 1e-12)
    assert.ok(R8.exact)
  })
})

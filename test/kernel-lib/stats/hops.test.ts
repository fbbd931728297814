import * as assert from 'uvu/assert'
import { hopTree, pathTo, type TraceEvent } from '../../../kernel-lib/stats/lookups/hop-tree.ts'
import { hops } from '../../../kernel-lib/stats/lookups/hops.ts'
import { trace } from '../../../kernel-lib/stats/lookups/traced.ts'
import { describe } from '../../suite.ts'
import { build, key } from './build.ts'

const sent = (peer: string, path = 0): TraceEvent => ({ event: 'sent', peer, path, closer: null })
const answered = (peer: string, closer: string[], path = 0): TraceEvent => ({ event: 'answered', peer, path, closer })

describe('hop tree', (test) => {
  test('seeds are one hop from the own node, and what they name is two', () => {
    const tree = hopTree([sent('a'), answered('a', ['b']), sent('b')], { seeds: ['a'] })
    assert.is(tree.get('a')?.depth, 1)
    assert.is(tree.get('b')?.depth, 2)
    assert.is(tree.get('b')?.parent, 'a')
    assert.equal(pathTo(tree, 'b'), ['a', 'b'])
  })

  test('the parent is the earliest answer that named the peer', () => {
    const events = [sent('a'), sent('c'), answered('c', ['b']), answered('a', ['b']), sent('b')]
    assert.is(hopTree(events, { seeds: ['a', 'c'] }).get('b')?.parent, 'c')
  })

  test('an answer that came after a peer was asked is not its parent', () => {
    const events = [sent('a'), answered('a', ['b']), sent('c'), sent('b'), answered('c', ['b'])]
    assert.is(hopTree(events, { seeds: ['a', 'c'] }).get('b')?.parent, 'a')
  })

  test('an answer on another disjoint path leads nowhere on this one', () => {
    const events = [sent('a', 0), sent('c', 1), answered('a', ['b'], 0), answered('c', ['b'], 1), sent('b', 1)]
    assert.is(hopTree(events, { seeds: ['a', 'c'] }).get('b')?.parent, 'c')
  })

  test('a peer that no answer named has no depth', () => {
    const tree = hopTree([sent('a'), answered('a', []), sent('b')], { seeds: ['a'] })
    assert.is(tree.get('b')?.depth, null)
    assert.is(pathTo(tree, 'b'), null)
  })

  test('where peers must be nearer than their informant, an informant that is nearer itself is passed over', () => {
    const nearer = (a: string, b: string) => a < b
    const events = [sent('a'), sent('z'), answered('a', ['m']), answered('z', ['m']), sent('m')]
    assert.is(hopTree(events, { seeds: ['a', 'z'], nearer }).get('m')?.parent, 'z')
    assert.is(hopTree(events, { seeds: ['a', 'z'] }).get('m')?.parent, 'a')
  })

  test('a dial is the moment that counts as asking', () => {
    const dial: TraceEvent = { event: 'dial', peer: 'b', path: 0, closer: null }
    const events = [sent('a'), sent('c'), answered('a', ['b']), dial, answered('c', ['b']), sent('b')]
    assert.is(hopTree(events, { seeds: ['a', 'c'] }).get('b')?.parent, 'a')
  })
})

const nodes = ['me', 'a', 'b', 'c', 'd'].map((peer, instance) => ({ peer, instance, key: key(instance.toString(2)) }))
const chain = [
  { event: 'sent', peer: 'a' },
  { event: 'answered', peer: 'a', closer: ['b', 'c'] },
  { event: 'sent', peer: 'b' },
  { event: 'sent', peer: 'c' },
]

describe('hops (D4)', (test) => {
  test('go to the peer that the record names', () => {
    const data = build({ nodes, lookups: [{ seeds: ['a'], found_from: 'b' }], events: chain })
    assert.is(hops(trace(data)).mean, 2)
    assert.equal(hops(trace(data)).counts, { '2': 1 })
  })

  test('are none where the own node knew', () => {
    assert.is(hops(trace(build({ nodes, lookups: [{ found_from: 'me' }] }))).mean, 0)
    assert.is(hops(trace(build({ nodes, lookups: [{}] }))).mean, 0)
  })

  test('go to the first answer that named the target where the record names no peer', () => {
    const events = [...chain, { event: 'answered', peer: 'c', closer: ['d'] }]
    const data = build({ nodes, lookups: [{ seeds: ['a'], target_peer: 'd' }], events })
    assert.is(hops(trace(data)).mean, 2)
    assert.is(hops(trace(data)).inferred, 0)
  })

  test('are inferred from the open request where no answer named the target', () => {
    const events = [...chain, { event: 'answered', peer: 'c', closer: [] }]
    const sample = hops(trace(build({ nodes, lookups: [{ seeds: ['a'], target_peer: 'd' }], events })))
    assert.is(sample.mean, 2)
    assert.is(sample.inferred, 1)
    assert.is(sample.ambiguous, 0)
  })

  test('are ambiguous where the open requests differ in depth', () => {
    const events = [...chain, { event: 'answered', peer: 'c', closer: ['d'] }, { event: 'sent', peer: 'd' }]
    const sample = hops(trace(build({ nodes, lookups: [{ seeds: ['a'], target_peer: 'x' }], events })))
    assert.is(sample.ambiguous, 1)
    assert.equal(sample.ambiguousBounds, { low: 2, high: 3 })
  })

  test('count what succeeded; what failed and what never ended is told', () => {
    const lookups = [
      { seeds: ['a'], found_from: 'a' },
      { status: 'timeout', lookup: 'b', instance: 1 },
    ]
    const events = [...chain, { event: 'sent', lookup: 'z', peer: 'a', lookup_row: -1, instance: 2 }]
    const { n, expected, failed, missing } = hops(trace(build({ nodes, lookups, events })))
    assert.equal({ n, expected, failed, missing }, { n: 1, expected: 3, failed: 1, missing: 1 })
  })

  test('are traced once for the same question, and all kinds are another question than the kind of the case', () => {
    const lookups = [{}, { lookup: 'b', kind: 'provide' }]
    const data = build({ nodes, lookups })
    assert.is(trace(data), trace(data, {}))
    assert.is(trace(data).ended.length, 1)
    assert.is(trace(data, { kind: null }).ended.length, 2)
    assert.is(trace(data).ended.length, 1)
  })

  test('of nothing are unknown', () => {
    const sample = hops(trace(build({})))
    assert.is(sample.mean, null)
    assert.is(sample.interval, null)
    assert.is(sample.n, 0)
  })
})

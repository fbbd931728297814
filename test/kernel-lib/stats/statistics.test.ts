import * as assert from 'uvu/assert'
import { answer } from '../../../kernel-lib/stats/answer.ts'
import { lookupDiagram } from '../../../kernel-lib/stats/lookups/lookup-diagram.ts'
import { type Traced, trace } from '../../../kernel-lib/stats/lookups/traced.ts'
import { reportLines } from '../../../kernel-lib/stats/report.ts'
import { statistics } from '../../../kernel-lib/stats/statistics.ts'
import { describe } from '../../suite.ts'
import { build, key } from './build.ts'

// Target 0…0: the node whose key has more leading zeros is the nearer one.
const peers = ['me', 'a', 'b', 'c']
const keys = ['1', '01', '001', '0001']
const nodes = peers.map((peer, instance) => ({ peer, instance, key: key(keys[instance] as string) }))
const events = [
  { event: 'dial', peer: 'a', ts_ms: 0 },
  { event: 'dialed', peer: 'a', ts_ms: 4 },
  { event: 'sent', peer: 'a', ts_ms: 5 },
  { event: 'answered', peer: 'a', ts_ms: 15, closer: ['b', 'x'] },
  { event: 'dial', peer: 'x', ts_ms: 16 },
  { event: 'dial-failed', peer: 'x', ts_ms: 20, cause: 'refused' },
  { event: 'sent', peer: 'b', ts_ms: 21 },
  { event: 'answered', peer: 'b', ts_ms: 41, closer: ['c'], providers: ['c'] },
  { event: 'sent', peer: 'c', ts_ms: 42 },
]
const lookups = [
  { lookup: 'a', seeds: ['a'], found_from: 'b', end_ms: 50, connected: false },
  { lookup: 'b', instance: 1, status: 'timeout', end_ms: 3000, termination: 'cancelled', connected: true },
  { lookup: 'c', instance: 2, status: 'absent', end_ms: 70, termination: 'completed' },
]
const late = [
  { lookup: 'b', instance: 1, lookup_row: 1, event: 'sent', peer: 'c', ts_ms: 0 },
  { lookup: 'b', instance: 1, lookup_row: 1, event: 'failed', peer: 'c', ts_ms: 900, cause: 'timeout' },
]
const data = build({
  nodes,
  lookups,
  events: [...events, ...late],
  outcomes: ['success', 'success', 'success', 'success'],
})

describe('statistics of lookups', (test) => {
  const { D1, D2, D4, D5, D6, D7, D8, D10, D11 } = statistics(data)

  test('D1 keeps what is absent apart', () => {
    assert.equal([D1.estimate, D1.n, D1.failed], [0.5, 2, 1])
    assert.equal(D1.counts, { ok: 1, failed: 0, timeout: 1, absent: 1 })
  })

  test('D2 hides quantiles that failures hide, and keeps durations of both apart', () => {
    assert.is(D2.all.estimate, null)
    assert.is(D2.all.quantiles?.['0.5'], null)
    assert.equal([D2.all.n, D2.all.censored, D2.all.failed], [2, 1, 1])
    assert.is(D2.ok.estimate, 50)
    assert.is(D2.failed.estimate, 3000)
  })

  test('D4 and each of D5 are told apart', () => {
    assert.is(D4.mean, 2)
    assert.is(D5.totalHops.values?.[0], 2)
    assert.is(D5.treeDepth.values?.[0], 2)
    assert.is(D5.htfp.expected, 0)
    assert.equal([D5.minHopsToClosest.n, D5.minHopsToClosest.expected, D5.minHopsToClosest.missing], [0, 1, 1])
    const walk = { ...lookups[0], kind: 'get-closest-peers', closest: ['b', 'a'] }
    assert.is(statistics(build({ nodes, lookups: [walk], events })).D5.minHopsToClosest.mean, 2)
  })

  test('D5 counts hops to the first provider in a search for providers', () => {
    const found = build({ nodes, lookups: [{ ...lookups[0], kind: 'find-providers' }], events })
    assert.is(statistics(found).D5.htfp.mean, 2)
  })

  test('D6 is the bits that each hop gains', () => {
    assert.equal(D6.deltaCpl.values, [1, 1])
    assert.is(D6.falling.estimate, 1)
    assert.is(D6.expectedPerHop, Math.log2(1.5))
  })

  test('D7 and D8 are those of lookups that succeeded, that failed, and all', () => {
    assert.equal([D7.ok.sent.mean, D7.failed.sent.mean, D7.all.sent.mean], [3, 1, 4 / 3])
    assert.equal([D7.ok.received.mean, D7.failed.timeouts.mean], [2, 1])
    assert.equal([D8.begun.ok.mean, D8.begun.failed.mean], [2, 0])
    assert.equal(D8.failed, { refused: 1 })
    assert.is(D8.faults, 1)
  })

  test('a dial that we cancelled is no fault of a peer', () => {
    const given = [...events, { event: 'dial-failed', peer: 'y', cause: 'cancelled' }]
    const { D8: cancelled } = statistics(build({ nodes, lookups: [lookups[0] ?? {}], events: given }))
    assert.equal([cancelled.failed, cancelled.faults], [{ refused: 1, cancelled: 1 }, 1])
  })

  test('D4 tells how many pairs were already connected', () => {
    assert.equal([D4.connected.n, D4.connected.estimate, D4.connected.missing], [2, 0.5, 1])
  })

  test('D6 leaves out the hop onto the target itself', () => {
    const found = [{ ...lookups[0], target_peer: 'b', found_from: 'b' }]
    assert.equal(statistics(build({ nodes, lookups: found, events })).D6.deltaCpl.values, [1])
  })

  test('D10 ranks requests that failed last and cuts those open at the end', () => {
    assert.equal([D10.time.n, D10.time.failed, D10.time.censored], [4, 1, 2])
    assert.is(D10.time.quantiles?.['0.05'], 10)
    assert.equal([D10.answered.estimate, D10.answered.n, D10.answered.censored], [2 / 3, 3, 1])
  })

  test('D11 counts each reason', () => {
    assert.equal(D11.counts, { stopped: 1, cancelled: 1, completed: 1 })
  })

  test('D12 has one bar a peer, with the winning path marked', () => {
    const traced = trace(data)
    const bars = lookupDiagram(traced.ended[0] as Traced, traced.keyOf)
    assert.equal(
      bars.map(({ peer, end, winning, endMs }) => ({ peer, end, winning, endMs })),
      [
        { peer: 'a', end: 'answered', winning: true, endMs: 15 },
        { peer: 'x', end: 'dial-failed', winning: false, endMs: 20 },
        { peer: 'b', end: 'answered', winning: true, endMs: 41 },
        { peer: 'c', end: 'open', winning: false, endMs: 50 },
      ],
    )
    assert.is(bars[0]?.log2Distance, 254)
  })

  test('K5 tells how records were provided: with how many of the peers that they should have been placed with', () => {
    const provide = { kind: 'provide', expected: 4, end_ms: 700 }
    const provides = [
      { ...provide, stored: 4 },
      { ...provide, stored: 2 },
      { ...provide, stored: 0, status: 'failed' },
    ]
    const { K5 } = statistics(build({ lookups: [...provides, { kind: 'find-providers' }], case: 'find-providers' }))
    assert.equal([K5.placed.mean, K5.placed.n, K5.placed.failed, K5.placed.entry], [0.5, 3, 1, 'K5'])
    assert.equal([K5.success.n, K5.success.failed, K5.latency.estimate, K5.latency.failed], [3, 1, 700, 1])
    const none = statistics(build({ lookups: [{}], outcomes: ['crash'] })).K5
    assert.equal([none.placed.n, none.placed.expected, none.success.expected], [0, 0, 0])
  })

  test('D13 and D14 judge by the nodes that served, without the one that asked', () => {
    const walk = { kind: 'get-closest-peers', k: 2, closest: ['c', 'a'], termination: 'completed' }
    const { D13, D14 } = statistics(build({ nodes, lookups: [walk], case: 'get-closest-peers' }))
    assert.is(D13.mean, 0.5)
    assert.is(D14.mean, 0.5)
    assert.is(D14.closeness.mean, 1)
  })

  test('of nothing are unknown, and nothing throws', () => {
    const nothing = statistics(build({}))
    assert.is(nothing.D1.estimate, null)
    assert.is(nothing.D2.all.estimate, null)
    assert.is(nothing.R1.snapshot, null)
    assert.is(nothing.R8.diameter, null)
    assert.ok(reportLines(nothing).length > 0)
    assert.ok(answer(build({})).unknown)
  })
})

describe('lookups that are missing', (test) => {
  const ten = Array.from({ length: 8 }, (_, instance) => ({ instance, found_from: null }))
  const outcomes = [...new Array<string>(7).fill('success'), 'success', 'unknown', 'crash']

  test('are as many as were usual for each instance that did not succeed', () => {
    const { D1 } = statistics(build({ lookups: ten, outcomes }))
    assert.equal([D1.n, D1.expected, D1.missing], [8, 10, 2])
  })

  test('are not counted twice when they were begun', () => {
    const begun = [{ event: 'sent', peer: 'a', instance: 9, lookup: 'z', lookup_row: -1, phase: null }]
    const { D1 } = statistics(build({ lookups: ten, outcomes, events: begun }))
    assert.equal([D1.expected, D1.missing], [10, 2])
  })

  test('do not include what a node of another task never had to do', () => {
    const { D1 } = statistics(build({ lookups: ten.slice(0, 2), outcomes }))
    assert.equal([D1.expected, D1.missing], [2, 0])
  })
})

describe('answer', (test) => {
  test('is one sentence with intervals and n, and shows itself in a cell', () => {
    const told = answer(data)
    assert.match(told.text, /^A lookup takes 2\.00 hops on average .*50\.0 %.*\(4 nodes, 3 lookups, 1 failed\)\.$/)
    assert.is(told.unknown, false)
    const display = (told as unknown as Record<symbol, () => Record<string, unknown>>)[Symbol.for('Jupyter.display')]
    assert.is(display?.()['text/plain'], told.text)
  })
})

describe('damaged events', (test) => {
  const two = [0, 1].map((instance) => ({ instance, lookup: 'a', found_from: 'a', seeds: ['a'] }))
  const asked = [0, 1].flatMap((instance) =>
    ['sent', 'answered'].map((event) => ({ instance, event, peer: 'a', lookup_row: instance })),
  )
  const damage = [{ run: 'r1', path: 'all/1/queries.ndjson', table: 'query_events', line: 3, rows: 1, problem: 'cut' }]
  const files = ['all/0/queries.ndjson', 'all/1/queries.ndjson']

  test('keep a lookup out of what is counted inside lookups, and count it as missing there', () => {
    const whole = statistics(build({ lookups: two, events: asked }))
    assert.equal([whole.D7.all.sent.n, whole.D7.all.sent.missing], [2, 0])
    const cut = statistics(build({ lookups: two, events: asked, damage, files }))
    assert.equal([cut.D1.n, cut.D1.missing], [2, 0])
    assert.equal([cut.D7.all.sent.n, cut.D7.all.sent.missing, cut.D7.all.sent.expected], [1, 1, 2])
    assert.equal([cut.D4.n, cut.D4.missing], [1, 1])
  })

  test('say nothing of a lookup whose own events lie elsewhere in the file', () => {
    const lookups = [...two, { instance: 1, lookup: 'b', found_from: 'a', seeds: ['a'] }]
    const more = ['sent', 'answered', 'ended'].map((event) => ({
      instance: 1,
      event,
      peer: 'a',
      lookup: 'b',
      lookup_row: 2,
    }))
    const last = damage.map((each) => ({ ...each, line: 6 }))
    const { D7 } = statistics(build({ lookups, events: [...asked, ...more], damage: last, files }))
    assert.equal([D7.all.sent.n, D7.all.sent.missing], [2, 1])
  })
})

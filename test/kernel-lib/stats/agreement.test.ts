import * as assert from 'uvu/assert'
import type { LinkShape } from '../../../kernel-lib/composition/spec.ts'
import * as figures from '../../../kernel-lib/figures/index.ts'
import type { RunRecord } from '../../../kernel-lib/run/record.ts'
import { agreement } from '../../../kernel-lib/stats/agreement/agreement.ts'
import { answerAgreement } from '../../../kernel-lib/stats/agreement/answer.ts'
import { roundTripsWaited } from '../../../kernel-lib/stats/agreement/round-trips-waited.ts'
import { trace } from '../../../kernel-lib/stats/lookups/traced.ts'
import type { Observed } from '../../../kernel-lib/stats/observed/observed.ts'
import { pairedDifference } from '../../../kernel-lib/stats/paired/paired-difference.ts'
import { pairsOf } from '../../../kernel-lib/stats/paired/pairs.ts'
import { describe } from '../../suite.ts'
import { build } from './build.ts'

/** Two peers dialed at once; the answer of one names a third, whose dial began 100 ms before on behalf of something else. */
const events = [
  { event: 'dial', peer: 'a', ts_ms: 0 },
  { event: 'sent', peer: 'b', ts_ms: 130 },
  { event: 'answered', peer: 'b', ts_ms: 260 },
  { event: 'dial', peer: 'd', ts_ms: 261, path: 1 },
  { event: 'dialed', peer: 'a', ts_ms: 330 },
  { event: 'sent', peer: 'a', ts_ms: 460 },
  { event: 'answered', peer: 'a', ts_ms: 580 },
  { event: 'dial', peer: 'c', ts_ms: 580 },
  { event: 'dialed', peer: 'c', ts_ms: 820 },
  { event: 'sent', peer: 'c', ts_ms: 930 },
  { event: 'answered', peer: 'c', ts_ms: 1040 },
].map((each) => ({ path: 0, ...each }))

const network: LinkShape = {
  latencyMs: 50,
  jitterMs: 0,
  bandwidthBps: 0,
  loss: 0,
  corrupt: 0,
  reorder: 0,
  duplicate: 0,
}

/** Twelve nodes of one run, each with one lookup of a hop; `lateMs` later on the other side, `more` of which ask one peer more. */
function side({ lateMs = 0, more = 0, seed = 1 } = {}): Observed {
  const asked = Array.from({ length: 12 }, (_, instance) => {
    const peers = instance < more ? ['p', 'q', 'r'] : instance % 2 === 0 ? ['p', 'q'] : ['p']
    const at = { instance, lookup_row: instance, lookup: 'one' }
    return peers.flatMap((peer) => [
      { ...at, event: 'sent', peer, ts_ms: 100 },
      { ...at, event: 'answered', peer, ts_ms: 200 + lateMs * instance },
    ])
  })
  const lookups = asked.map((_, instance) => ({
    instance,
    lookup: 'one',
    seeds: ['p', 'q', 'r'],
    closest: ['p'],
    k: 1,
    kind: 'get-closest-peers',
    end_ms: 200 + lateMs * instance,
    termination: 'completed',
  }))
  const data = build({ case: 'get-closest-peers', lookups, events: asked.flat(), outcomes: asked.map(() => 'success') })
  const records = data.records.map((record) => ({ ...record, spec: { ...record.spec, seed, network } }) as RunRecord)
  return { ...data, records }
}

describe('agreement of a simulation with processes', (test) => {
  test('a lookup waited for what its last answer and the answers that led to it needed', () => {
    const [attempt] = trace(build({ lookups: [{ end_ms: 1041 }], events })).ended
    assert.ok(attempt)
    assert.is(roundTripsWaited(attempt, 100), 5 + 2 + 2)
    const silent = { ...attempt, events: attempt.events.filter(({ event }) => event !== 'answered') }
    assert.is(roundTripsWaited(silent, 100), null)
  })

  test('the same node, lookup and seed are a pair, whatever the run, and what has none is counted', () => {
    const at = { run: 'a', group: 'nodes', instance: 0, seed: 1, lookup: 'one', value: 1 }
    const other = { ...at, run: 'b', value: 3 }
    const { pairs, unpaired } = pairsOf([at, { ...at, seed: 2 }], [other, { ...other, instance: 1 }])
    assert.equal(pairs, [{ run: 'seed 1', group: 'nodes', instance: 0, baseline: 1, candidate: 3 }])
    assert.is(unpaired, 2)
  })

  test('the interval is that of differences within pairs, however far the pairs are apart', () => {
    const pairs = Array.from({ length: 40 }, (_, i) => ({
      run: `seed ${i % 4}`,
      group: 'nodes',
      instance: i,
      baseline: 100 * i,
      candidate: 100 * i + (i % 3),
    }))
    const { difference } = pairedDifference(pairs, { of: 'mean', share: false, seed: 1 })
    assert.ok(difference.interval && difference.interval.low > 0.5 && difference.interval.high < 1.5)
    assert.is(difference.estimate?.toFixed(3), '0.975')
    const alike = pairs.map((pair) => ({ ...pair, baseline: 1, candidate: 1 }))
    assert.is(pairedDifference(alike, { of: 'mean', share: false, seed: 1 }).difference.interval, null)
    assert.is(pairedDifference(alike, { of: 'mean', share: true, seed: 1 }).difference.interval?.high, 3 / 40)
  })

  test('what a processor adds is told apart from what lookups do, in one sentence', () => {
    const study = agreement(side(), side({ lateMs: 2, more: 1 }))
    const of = (name: string) => study.differences.find((each) => each.name.startsWith(name))
    assert.equal([study.roundTripMs, study.seeds, study.nodes], [100, [1], 12])
    assert.equal([of('requests')?.holdsZero, of('requests')?.n], [true, 12])
    assert.equal([of('lookup latency, mean')?.holdsZero, of('lookup latency, mean')?.simulated], [false, 2])
    assert.equal([of('round trips waited')?.simulated, of('round trips waited')?.real], [2, 2])
    assert.is(study.steps.find(({ name }) => name === 'answer')?.simulated.median, 1)
  })

  test('without an interval in hops the answer is unknown', () => {
    const { unknown, text } = answerAgreement(agreement(side(), side()))
    assert.ok(unknown)
    assert.match(text, 'Unknown: there is no interval of the difference in hops or in requests (12 nodes, 1 seed')
  })

  test('runs of different experiments are refused, and networks whose round trips cannot be counted', () => {
    assert.throws(() => agreement(side(), side({ seed: 2 })), /not of the same experiments/)
    for (const other of [null, { ...network, jitterMs: 5 }]) {
      const records = side().records.map((each) => ({ ...each, spec: { ...each.spec, network: other } }))
      const data = { ...side(), records }
      assert.throws(() => agreement(data, data), /one latency above 0 and nothing else/)
    }
  })

  test('the figure draws what no processor slows down, and tables tell of all', () => {
    const study = agreement(side(), side({ lateMs: 2, more: 1 }))
    const drawn = figures.agreement(study)
    assert.match(drawn.title, /^No difference is seen in any of \d+ statistics$/)
    assert.ok(drawn.rows.length > 0 && drawn.rows.every(([, name]) => !String(name).includes('latency')))
    const { columns, rows } = figures.agreementTable(study)
    assert.is(rows.length, study.differences.length)
    const [requests = []] = rows.filter(([, name]) => name === 'requests a lookup, messages')
    assert.equal(requests.slice(2, 4), ['1.50', '1.58'])
    assert.is(requests[columns.indexOf('n, pairs')], '12')
    assert.is(figures.stepsTable(study).rows.length, 3)
  })
})

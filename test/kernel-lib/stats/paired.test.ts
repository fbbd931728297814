import * as assert from 'uvu/assert'
import * as figures from '../../../kernel-lib/figures/index.ts'
import type { RunRecord } from '../../../kernel-lib/run/record.ts'
import type { Observed } from '../../../kernel-lib/stats/observed/observed.ts'
import { comparePaired } from '../../../kernel-lib/stats/paired/compare-paired.ts'
import { pairedDifference } from '../../../kernel-lib/stats/paired/paired-difference.ts'
import { changeInWords, meanInWords } from '../../../kernel-lib/stats/paired/words.ts'
import { describe } from '../../suite.ts'
import { build } from './build.ts'

/** Twelve nodes of one run, each with a table of 9, 10 or 11 entries and one lookup that asks a peer, or two, or `more` besides. */
function side({ snapshot = 'bootstrapped', more = 0, seed = 1 } = {}): Observed {
  const asked = Array.from({ length: 12 }, (_, instance) => {
    const peers = Array.from({ length: 1 + (instance % 2) + more }, (_, place) => `peer ${place}`)
    const at = { instance, lookup_row: instance, lookup: 'one' }
    return peers.flatMap((peer) => [
      { ...at, event: 'sent', peer, ts_ms: 100 },
      { ...at, event: 'answered', peer, ts_ms: 200 },
    ])
  })
  const data = build({
    case: 'get-closest-peers',
    lookups: asked.map((_, instance) => ({
      instance,
      lookup: 'one',
      seeds: ['peer 0'],
      closest: ['peer 0'],
      k: 1,
      kind: 'get-closest-peers',
      end_ms: 200,
      termination: 'completed',
    })),
    events: asked.flat(),
    snapshots: asked.map((_, instance) => ({
      instance,
      snapshot,
      peer: `own ${instance}`,
      buckets: [Array.from({ length: 9 + (instance % 3) }, (_, place) => `entry ${place}`)],
    })),
    outcomes: asked.map(() => 'success'),
  })
  const records = data.records.map((record) => ({ ...record, spec: { ...record.spec, seed } }) as RunRecord)
  return { ...data, records }
}

const find = (comparisons: ReturnType<typeof comparePaired>, entry: string) => {
  const found = comparisons.find((each) => each.entry === entry)
  assert.ok(found, entry)
  return found
}

describe('networks of the same nodes and keys, paired', (test) => {
  test('tables of a network that began warm are paired with bootstrapped ones before any lookup', () => {
    const { n, unpaired, baseline, candidate, verdict } = find(
      comparePaired(side(), side({ snapshot: 'warm' }), { margin: 0.05 }),
      'R1',
    )
    assert.equal(
      { n, unpaired, baseline, candidate, verdict },
      { n: 12, unpaired: 0, baseline: 10, candidate: 10, verdict: 'agrees' },
    )
  })

  test('a change is relative to the mean of the baseline, and more only where the whole interval lies beyond the margin', () => {
    const requests = find(comparePaired(side(), side({ more: 1 }), { margin: 0.05 }), 'D7')
    assert.equal([requests.baseline, requests.candidate], [1.5, 2.5])
    assert.is(requests.change.estimate?.toFixed(3), '0.667')
    assert.is(requests.verdict, 'unknown', 'every pair differs by one, so nothing says how much others would')
  })

  test('the interval of a change is of both sides resampled together', () => {
    const pairs = Array.from({ length: 40 }, (_, i) => {
      const baseline = 10 + (i % 7)
      const candidate = baseline * (i % 3 === 0 ? 1.1 : 1.12)
      return { run: `seed ${i % 4}`, group: 'nodes', instance: i, baseline, candidate }
    })
    const { change, difference } = pairedDifference(pairs, { of: 'mean', share: false, seed: 1 })
    assert.ok(change.interval && change.interval.low > 0.1 && change.interval.high < 0.12)
    assert.ok(difference.interval && difference.interval.low > 1)
    const nothing = pairs.map((pair) => ({ ...pair, baseline: 0 }))
    assert.is(pairedDifference(nothing, { of: 'mean', share: false, seed: 1 }).change.estimate, null)
  })

  test('shares that never differ agree only as far as so few nodes can tell', () => {
    const { verdict, change } = find(comparePaired(side(), side(), { margin: 0.05 }), 'D1')
    assert.equal([verdict, change.estimate, change.interval?.high], ['unknown', 0, 3 / 12])
    assert.is(find(comparePaired(side(), side(), { margin: 0.3 }), 'D1').verdict, 'agrees')
  })

  test('networks of other seeds are refused, and margins below 0', () => {
    assert.throws(
      () => comparePaired(side(), side({ seed: 2 }), { margin: 0.05 }),
      /no seed has runs on both sides: 1 and 2/,
    )
    assert.throws(() => comparePaired(side(), side(), { margin: -1 }), /write a number from 0/)
  })

  test('a figure and a table say each change, and which agree', () => {
    const compared = comparePaired(side(), side({ more: 1 }), { margin: 0.05 })
    const lines = compared.map((comparison) => ({ label: comparison.entry, comparison }))
    const drawn = figures.pairedChanges({
      title: 'Requests',
      compared: 'More less fewer',
      blocks: [lines],
      from: [side()],
    })
    assert.is(drawn.rows.length, compared.length)
    const { columns, rows } = figures.pairedTable([{ baseline: 'fewer', networks: { more: compared } }])
    const place = columns.indexOf('D7 requests a lookup, messages')
    assert.equal(
      rows.map((row) => [row[0], row[place]]),
      [
        ['fewer', '1.50'],
        ['more', '2.50: 66.7 %, unknown'],
      ],
    )
  })

  test('a lookup is paired by its key, whatever the node looked up before', () => {
    const later = side({ more: 1 })
    const lookups = later.lookups.derive({ lookup: () => 'seventh' })
    const queryEvents = later.queryEvents.derive({ lookup: () => 'seventh' })
    assert.is(find(comparePaired(side(), { ...later, lookups, queryEvents }, { margin: 0.05 }), 'D7').n, 12)
  })

  test('words say shares in per cent, and no minus before nothing', () => {
    assert.is(meanInWords({ unit: 'share' }, 0.9971), '99.7 %')
    const change = { estimate: -0.0001, interval: { low: -0.021, high: 0.02, level: 0.95, method: 'bootstrap' } }
    assert.is(changeInWords({ change }), '0.0 % (−2.1 to 2.0)')
  })
})

import * as assert from 'uvu/assert'
import { judgeLink, type MeasuredLink } from '../../../kernel-lib/network/measured.ts'
import { type Shape, unshaped } from '../../../kernel-lib/network/shape.ts'
import { describe } from '../../suite.ts'

const link = (from: Partial<Shape>, to: Partial<Shape>, measured: Partial<MeasuredLink>): MeasuredLink => ({
  from: 'a/0',
  to: 'b/1',
  shapes: { from: { ...unshaped, ...from }, to: { ...unshaped, ...to } },
  rtt: null,
  throughputBps: null,
  ...measured,
})
const rtt = (medianMs: number, count = 10) => ({ rtt: { medianMs, count } })

describe('a measured link', (test) => {
  test('has the round trip of both ends’ latencies, and the bandwidth of the one that sends', () => {
    const judged = judgeLink(
      link(
        { latencyMs: 50, bandwidthBps: 10_000_000 },
        { latencyMs: 30, bandwidthBps: 1_000 },
        { ...rtt(84), throughputBps: 9_500_000 },
      ),
    )
    assert.equal(judged, {
      from: 'a/0',
      to: 'b/1',
      rtt: { configured: 80, measured: 84, deviation: 0.05, least: 72, most: 88, within: true },
      throughput: {
        configured: 10_000_000,
        measured: 9_500_000,
        deviation: -0.05,
        least: 9_000_000,
        most: 11_000_000,
        within: true,
      },
      within: true,
    })
  })

  test('is not within when one of the two is not', () => {
    assert.not(judgeLink(link({ latencyMs: 50 }, {}, rtt(60))).within)
    assert.not(judgeLink(link({ latencyMs: 50 }, {}, rtt(0.2))).within)
    assert.not(judgeLink(link({ bandwidthBps: 1000 }, {}, { ...rtt(0.1), throughputBps: 8000 })).within)
    assert.ok(judgeLink(link({ latencyMs: 50 }, {}, rtt(60)), { tolerance: 0.25 }).within)
  })

  test('that is unshaped has no deviation and takes 1 ms at most', () => {
    const judged = judgeLink(link({}, {}, { ...rtt(0.3), throughputBps: 8e9 }))
    assert.equal([judged.rtt?.deviation, judged.throughput?.deviation, judged.within], [null, null, true])
    assert.not(judgeLink(link({}, {}, rtt(50))).within)
  })

  test('that jitters is given what a median of so many round trips may err by', () => {
    const jittery = { latencyMs: 50, jitterMs: 50 }
    assert.ok(judgeLink(link(jittery, jittery, rtt(130, 10))).within)
    assert.not(judgeLink(link(jittery, jittery, rtt(130, 1000))).within)
  })

  test('whose jitter exceeds its latency is later than its latency, for nothing arrives early', () => {
    assert.is(judgeLink(link({ latencyMs: 0, jitterMs: 40 }, {}, rtt(10))).rtt?.configured, 10)
  })

  test('that loses or reorders packets may be slower than its bandwidth, never faster', () => {
    const lossy = { bandwidthBps: 10_000_000, loss: 0.05 }
    assert.ok(judgeLink(link(lossy, {}, { throughputBps: 1_000_000 })).within)
    assert.not(judgeLink(link(lossy, {}, { throughputBps: 20_000_000 })).within)
    assert.ok(judgeLink(link({ latencyMs: 50, reorder: 0.5 }, {}, rtt(0.2))).within)
  })

  test('of which nothing was measured is neither within nor not', () => {
    assert.equal(judgeLink(link({ latencyMs: 50 }, {}, {})), {
      from: 'a/0',
      to: 'b/1',
      rtt: null,
      throughput: null,
      within: null,
    })
  })
})

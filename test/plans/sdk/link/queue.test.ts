import * as assert from 'uvu/assert'
import { type LinkShape, linkQueue, seededRandom } from '../../../../plans/sdk/index.ts'
import { describe } from '../../../suite.ts'

const plain: LinkShape = { latencyMs: 0, jitterMs: 0, bandwidthBps: 0 }

/** A link whose clock stands until it is set. */
function linkAt(shape: Partial<LinkShape>, startMs = 1000, seed = 1) {
  let nowMs = startMs
  const link = linkQueue({ ...plain, ...shape }, seededRandom(seed, 'link:1'), { now: () => nowMs })
  const pass = (ms: number): void => {
    nowMs += ms
  }
  return { link, pass }
}

describe('link schedule', (test) => {
  test('an unshaped link is passed at once, a latency is added once', () => {
    assert.equal(linkAt({}).link.stream().send(9000), { departMs: 1000, arriveMs: 1000 })
    assert.equal(linkAt({ latencyMs: 50 }).link.stream().send(9000), { departMs: 1000, arriveMs: 1050 })
  })

  test('bandwidth adds up over all streams of an instance, and unused time is not saved', () => {
    const { link, pass } = linkAt({ latencyMs: 10, bandwidthBps: 8_000_000 })
    const [a, b] = [link.stream(), link.stream()]
    assert.equal(a.send(1000), { departMs: 1001, arriveMs: 1011 })
    assert.equal(b.send(500_000), { departMs: 1501, arriveMs: 1511 })
    assert.equal(a.send(0), { departMs: 1501, arriveMs: 1511 })
    pass(2000)
    assert.equal(a.send(1000), { departMs: 3001, arriveMs: 3011 })
  })

  test('a stream keeps its order under jitter, streams may overtake each other', () => {
    const { link, pass } = linkAt({ latencyMs: 50, jitterMs: 40 })
    const one = link.stream()
    const arrivals = { one: [] as number[], each: [] as number[] }
    for (let at = 0; at < 500; at++, pass(1)) {
      arrivals.one.push(one.send(10).arriveMs)
      arrivals.each.push(link.stream().send(10).arriveMs)
    }
    const backward = (times: readonly number[]): number => times.filter((ms, at) => ms < (times[at - 1] ?? 0)).length
    assert.is(backward(arrivals.one), 0)
    assert.ok(backward(arrivals.each) > 100)
  })

  test('a delay lies within latency ± jitter, evenly, and never under 0', () => {
    const { link } = linkAt({ latencyMs: 50, jitterMs: 40 })
    const delays = Array.from({ length: 2000 }, () => link.stream().send(1).arriveMs - 1000)
    assert.ok(delays.every((ms) => ms >= 10 && ms <= 90))
    for (const from of [10, 30, 50, 70])
      assert.ok(delays.filter((ms) => ms >= from && ms < from + 20).length > 400, `few from ${from} ms`)
    const early = linkAt({ latencyMs: 5, jitterMs: 50 }).link
    const late = Array.from({ length: 200 }, () => early.stream().send(1).arriveMs - 1000)
    assert.ok(late.every((ms) => ms >= 0 && ms <= 55) && late.includes(0))
  })

  test('the same seed gives the same delays, another seed others', () => {
    const delays = (seed: number): number[] => {
      const { link } = linkAt({ latencyMs: 50, jitterMs: 40 }, 0, seed)
      return Array.from({ length: 20 }, () => link.stream().send(1).arriveMs)
    }
    assert.equal(delays(1), delays(1))
    assert.not.equal(delays(1), delays(2))
  })
})

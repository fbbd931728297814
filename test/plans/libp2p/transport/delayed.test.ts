import * as assert from 'uvu/assert'
import { describe } from '../../../suite.ts'
import { transfer, withPair } from './pair.ts'

describe('delayed TCP', (test) => {
  test('a round trip takes twice the latency, a dial several', () =>
    withPair({ latencyMs: 50 }, async ({ a, b, dialMs }) => {
      const rtts: number[] = []
      for (let at = 0; at < 5; at++) rtts.push(await a.libp2p.services.ping.ping(b.peerId))
      assert.ok(rtts.every((ms) => ms >= 100))
      assert.ok(dialMs >= 300)
    }))

  test('1 MB at 8 Mbit/s takes a second', () =>
    withPair({ bandwidthBps: 8_000_000 }, async (pair) => {
      const { ms, received } = await transfer(pair, { bytes: 1_000_000 })
      assert.is(received, 1_000_000)
      assert.ok(ms >= 1000, `took ${ms} ms`)
    }))
})

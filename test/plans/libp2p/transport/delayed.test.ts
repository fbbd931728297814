import * as assert from 'uvu/assert'
import { describe } from '../../../suite.ts'
import { withPair } from './pair.ts'

const timed = async (body: () => Promise<unknown>): Promise<number> => {
  const startMs = performance.now()
  await body()
  return performance.now() - startMs
}

describe('delayed TCP', (test) => {
  test('a round trip takes twice the latency or more, a dial three round trips', () =>
    withPair({ latencyMs: 50 }, async ({ a, b, connect }) => {
      const dialMs = await timed(connect)
      assert.ok(dialMs >= 300, `the dial took ${dialMs} ms`)
      for (let at = 0; at < 3; at++) {
        const rttMs = await timed(() => a.libp2p.services.ping.ping(b.peerId))
        assert.ok(rttMs >= 100, `a ping took ${rttMs} ms`)
      }
    }))

  test('a dial that is refused takes a round trip', () =>
    withPair({ latencyMs: 50 }, async ({ a, b }) => {
      const [address] = b.libp2p.getMultiaddrs()
      if (address === undefined) throw new Error('no address')
      await b.libp2p.stop()
      const refusedMs = await timed(() =>
        a.libp2p.dial(address).then(
          () => assert.unreachable('nobody listens'),
          (error) => assert.match(String(error.code ?? error.message), /ECONNREFUSED/),
        ),
      )
      assert.ok(refusedMs >= 100, `it took ${refusedMs} ms`)
    }))

  test('1 MB at 8 Mbit/s takes a second or more, over one connection or two', () =>
    withPair({ bandwidthBps: 8_000_000 }, async ({ connect, send, receives, received }) => {
      const connections = [await connect(), await connect()]
      const [one] = connections
      if (one === undefined) throw new Error('no connection')
      const aloneMs = await timed(() => Promise.all([receives(1_000_000), send(1_000_000, one)]))
      assert.ok(aloneMs >= 1000, `one took ${aloneMs} ms`)
      const sharedMs = await timed(() =>
        Promise.all([receives(2_000_000), ...connections.map((each) => send(500_000, each))]),
      )
      assert.ok(sharedMs >= 1000, `two took ${sharedMs} ms`)
      assert.is(received(), 2_000_000)
    }))
})

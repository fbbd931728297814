import type { Connection, MultiaddrConnection, Upgrader } from '@libp2p/interface'
import { defaultLogger } from '@libp2p/logger'
import { multiaddr } from '@multiformats/multiaddr'
import * as assert from 'uvu/assert'
import { preparePeerProcess } from '../../../../plans/libp2p/process.ts'
import { transportOf } from '../../../../plans/libp2p/transport/transport.ts'
import { describe } from '../../../suite.ts'
import { nodeEnv } from '../nodes.ts'

const link = { latencyMs: 50, jitterMs: 20, bandwidthBps: 80_000_000 }

/** A connection with neither encryption nor streams, and what the other side got until it ended. */
interface Raw {
  readonly connection: MultiaddrConnection
  readonly got: Promise<{ readonly bytes: number; readonly error: Error | undefined }>
}

/** Opens a connection over real TCP through links on both sides. */
async function withRaw(body: (raw: Raw) => Promise<void>): Promise<void> {
  preparePeerProcess()
  const transport = transportOf(nodeEnv(1, { kind: 'tcp', address: '127.0.0.1', link }))({ logger: defaultLogger() })
  let ended = (_: Awaited<Raw['got']>): void => {}
  const got = new Promise<Awaited<Raw['got']>>((resolve) => {
    ended = resolve
  })
  let connection: MultiaddrConnection | undefined
  const upgrader = {
    async upgradeInbound(inbound: MultiaddrConnection) {
      let bytes = 0
      inbound.addEventListener('message', ({ data }) => {
        bytes += data.byteLength
      })
      inbound.addEventListener('close', ({ error }) => ended({ bytes, error }))
    },
    async upgradeOutbound(outbound: MultiaddrConnection) {
      connection = outbound
      return {} as Connection
    },
  } as unknown as Upgrader
  const listener = transport.createListener({ upgrader })
  await listener.listen(multiaddr('/ip4/127.0.0.1/tcp/0'))
  const [address] = listener.getAddrs()
  if (address === undefined) throw new Error('no address')
  try {
    await transport.dial(address, { upgrader, signal: AbortSignal.timeout(20_000) })
    if (connection === undefined) throw new Error('no connection')
    await body({ connection, got })
  } finally {
    await listener.close()
  }
}

describe('a delayed connection', (test) => {
  test('that is closed delivers first all that was sent, also what had no room yet', () =>
    withRaw(async ({ connection, got }) => {
      assert.is(connection.send(new Uint8Array(3_000_000)), false)
      await connection.close()
      const { bytes, error } = await got
      assert.is(bytes, 3_000_000)
      assert.is(error, undefined)
    }))

  test('that is reset delivers nothing of what was under way', () =>
    withRaw(async ({ connection, got }) => {
      connection.send(new Uint8Array(100_000))
      connection.abort(new Error('enough'))
      const { bytes, error } = await got
      assert.is(bytes, 0)
      assert.ok(error instanceof Error)
    }))

  test('says drain when there is room again', () =>
    withRaw(async ({ connection, got }) => {
      for (let sent = 0; sent < 10; sent++) if (!connection.send(new Uint8Array(500_000))) await connection.onDrain()
      await connection.close()
      assert.is((await got).bytes, 5_000_000)
    }))
})

import type { PeerId } from '@libp2p/interface'
import * as assert from 'uvu/assert'
import { identityOf } from '../../../plans/libp2p/identity.ts'
import { type DhtNode, startNode } from '../../../plans/libp2p/node.ts'
import { preparePeerProcess } from '../../../plans/libp2p/process.ts'
import { type Progress, type Trace, traceQuery } from '../../../plans/libp2p/trace.ts'
import { queryRecord, type Row, rowCheck } from '../../../plans/sdk/index.ts'
import { describe } from '../../suite.ts'
import { firstSeed, nodeEnv, smallNode } from './nodes.ts'

type QueryRow = Row<typeof queryRecord>

const told = (name: string, detail: object): Progress => ({
  type: 'kad-dht:query:some',
  detail: { name, path: { index: 0 }, ...detail },
})
const dialPeer = (peer: PeerId): Progress => told('DIAL_PEER', { peer })
const sendQuery = (to: PeerId): Progress => told('SEND_QUERY', { to })
const response = (from: PeerId, closer: PeerId[] = []): Progress =>
  told('PEER_RESPONSE', { from, messageName: 'FIND_NODE', closer: closer.map((id) => ({ id })), providers: [] })
const failure = (from: PeerId, error: object): Progress => told('QUERY_ERROR', { from, error })

interface Scene {
  readonly node: DhtNode
  readonly peers: readonly [PeerId, PeerId, PeerId]
  readonly trace: Trace
  readonly rows: QueryRow[]
  readonly events: () => string[]
}

async function scene(body: (scene: Scene) => void): Promise<void> {
  preparePeerProcess()
  const node = await startNode(nodeEnv(1), smallNode, firstSeed)
  const [a, b, c] = await Promise.all([2, 3, 4].map(async (seq) => (await identityOf(1, seq)).peerId))
  if (!a || !b || !c) throw new Error('three peers')
  const rows: QueryRow[] = []
  const check = rowCheck(queryRecord)
  const write = (row: QueryRow): void => {
    assert.equal(check(row), [])
    rows.push(row)
  }
  const clock = { now: () => 1, sleep: async () => {} }
  try {
    const trace = traceQuery(node, { lookup: 'x', clock, writer: { write } })
    body({ node, peers: [a, b, c], trace, rows, events: () => rows.map(({ event }) => event) })
  } finally {
    await node.stop()
  }
}

describe('trace of a query', (test) => {
  test('a request over a new connection is dial, dialed, sent, answered', () =>
    scene(({ peers: [a, b], trace, rows, events }) => {
      trace.onProgress(dialPeer(a))
      trace.onProgress({ type: 'connection:opened', detail: { remotePeer: a } })
      trace.onProgress(sendQuery(a))
      trace.onProgress(response(a, [b]))
      trace.end('completed')
      assert.equal(events(), ['dial', 'dialed', 'sent', 'answered', 'ended'])
      assert.equal(rows[3]?.closer, [b.toString()])
      assert.is(rows[3]?.providers, null)
      assert.is(rows[4]?.cause, 'completed')
      assert.is(trace.answered(), 1)
    }))

  test('what fails before the connection is a failed dial, after it a failed request', () =>
    scene(({ peers: [a, b], trace, rows }) => {
      trace.onProgress(dialPeer(a))
      trace.onProgress(failure(a, { code: 'ECONNREFUSED' }))
      trace.onProgress(dialPeer(b))
      trace.onProgress({ type: 'connection:opened', detail: { remotePeer: b } })
      trace.onProgress(failure(b, { name: 'UnsupportedProtocolError' }))
      assert.equal(
        rows.map(({ event, cause }) => [event, cause]),
        [
          ['dial', null],
          ['dial-failed', 'refused'],
          ['dial', null],
          ['dialed', null],
          ['failed', 'unsupported'],
        ],
      )
    }))

  test('what is under way at the end was cancelled by us, and a request that never left is no failure', () =>
    scene(({ peers: [a, b, c], trace, rows }) => {
      trace.onProgress(dialPeer(a))
      trace.onProgress(dialPeer(b))
      trace.onProgress(sendQuery(b))
      trace.onProgress(dialPeer(c))
      trace.onProgress({ type: 'connection:opened', detail: { remotePeer: c } })
      trace.end('stopped')
      trace.onProgress(failure(a, { name: 'AbortError' }))
      trace.end('completed')
      const last = rows.slice(-3)
      assert.equal(
        last.map(({ event, peer, cause }) => [event, peer, cause]),
        [
          ['dial-failed', a.toString(), 'cancelled'],
          ['failed', b.toString(), 'cancelled'],
          ['ended', null, 'stopped'],
        ],
      )
    }))

  test('a peer that answered twice, or failed after it answered, is told once as failed or answered', () =>
    scene(({ peers: [a], trace, events }) => {
      trace.onProgress(dialPeer(a))
      trace.onProgress(sendQuery(a))
      trace.onProgress(response(a))
      trace.onProgress(failure(a, { name: 'QueryError' }))
      assert.equal(events(), ['dial', 'dialed', 'sent', 'answered'])
    }))

  test('what the node has at home is found on path −1, and naming its own result is not finding', () =>
    scene(({ node, peers: [a], trace, rows }) => {
      const home = { index: -1 }
      trace.onProgress(told('PROVIDER', { from: node.peerId, providers: [{ id: a }], path: home }))
      trace.onProgress(told('FINAL_PEER', { from: node.peerId, peer: { id: a } }))
      trace.onProgress(told('FINAL_PEER', { from: a, peer: { id: a } }))
      assert.equal(
        rows.map(({ event, path, peer }) => [event, path, peer]),
        [
          ['found', -1, node.peerId.toString()],
          ['found', 0, a.toString()],
        ],
      )
    }))
})

describe('a node', (test) => {
  test('that is undialable announces a closed port and listens on none', async () => {
    preparePeerProcess()
    const node = await startNode(nodeEnv(1), { ...smallNode, undialable: true }, firstSeed)
    try {
      assert.equal(node.addresses, ['/ip4/127.0.0.1/tcp/1'])
    } finally {
      await node.stop()
    }
  })
})

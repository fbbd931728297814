import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import {
  nearestInTable,
  onRefresh,
  onUpkeepQuery,
  readFrom,
  refreshTarget,
  tableEntries,
  tableHasPeer,
} from '../../../plans/libp2p/internals.ts'
import { keyOfPeer } from '../../../plans/libp2p/keyspace.ts'
import { startNode } from '../../../plans/libp2p/node.ts'
import { preparePeerProcess } from '../../../plans/libp2p/process.ts'
import { snapshotTable } from '../../../plans/libp2p/snapshot.ts'
import { commonPrefixLength, toHex } from '../../../plans/sdk/keyspace.ts'
import { describe } from '../../suite.ts'
import { firstSeed, nodeEnv, smallNode } from './nodes.ts'

const modules = join(import.meta.dirname, '../../../node_modules')

function installed(name: string): string {
  return JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version
}

describe('private parts of js-libp2p', (test) => {
  test('were read from the installed versions; after an upgrade read them again', () => {
    for (const [name, version] of Object.entries(readFrom)) assert.is(installed(name), version, name)
  })

  test('the table, its order and its first entry, and connections are where they were', async () => {
    preparePeerProcess()
    const [a, b] = [
      await startNode(nodeEnv(1), smallNode, firstSeed),
      await startNode(nodeEnv(2), smallNode, firstSeed),
    ]
    try {
      assert.equal(tableEntries(a.dht), [])
      await a.libp2p.dial(b.libp2p.getMultiaddrs())
      await tableHasPeer(a.dht, AbortSignal.timeout(20_000))
      assert.equal(
        tableEntries(a.dht).map(({ peerId, kadId }) => [peerId.toString(), toHex(kadId)]),
        [[b.peerId.toString(), toHex(keyOfPeer(b.peerId))]],
      )
      assert.equal(
        a.libp2p.getConnections().map(({ remotePeer }) => remotePeer.toString()),
        [b.peerId.toString()],
      )
      assert.equal(nearestInTable(a.dht, keyOfPeer(a.peerId), 4).map(String), [b.peerId.toString()])
      const { buckets, peer, k } = snapshotTable(a, 'joined', 0)
      assert.equal(buckets.flat(), [b.peerId.toString()])
      assert.is(peer, a.peerId.toString())
      assert.is(k, 4)
    } finally {
      await Promise.all([a.stop(), b.stop()])
    }
  })

  test('upkeep is heard where it happens: refreshes, their queries and what these were taken for', async () => {
    const [a, b] = [
      await startNode(nodeEnv(1), smallNode, firstSeed),
      await startNode(nodeEnv(2), smallNode, firstSeed),
    ]
    try {
      await a.libp2p.dial(b.libp2p.getMultiaddrs())
      await tableHasPeer(a.dht, AbortSignal.timeout(20_000))
      const heard: string[] = []
      const ended = new Promise<string>((resolve) =>
        onUpkeepQuery(a.dht, ({ self }) => ({
          event: ({ name }) => heard.push(`${self ? 'self ' : ''}${name}`),
          ended: resolve,
        })),
      )
      onRefresh(a.dht, () => heard.push('refresh'))
      await a.dht.refreshRoutingTable()
      assert.is(await ended, 'drained')
      assert.is(heard[0], 'refresh')
      assert.ok(heard.includes('PEER_RESPONSE'))
      for (const bucket of [0, 7, 15])
        assert.is(commonPrefixLength(keyOfPeer(a.peerId), keyOfPeer(refreshTarget(a.dht, bucket))), bucket)
    } finally {
      await Promise.all([a.stop(), b.stop()])
    }
  })

  test('waiting for a first entry ends with the signal', async () => {
    const node = await startNode(nodeEnv(3), smallNode, firstSeed)
    try {
      await tableHasPeer(node.dht, AbortSignal.timeout(1))
      assert.unreachable('the table is empty')
    } catch (error) {
      assert.is((error as Error).name, 'TimeoutError')
    } finally {
      await node.stop()
    }
  })
})

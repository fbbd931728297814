import { createLibp2p } from 'libp2p'
import * as assert from 'uvu/assert'
import { identityOf } from '../../../plans/libp2p/identity.ts'
import { giveTable, nearestInTable, quieten, tableEntries } from '../../../plans/libp2p/internals.ts'
import { keyOfPeer } from '../../../plans/libp2p/keyspace.ts'
import { libp2pOptions } from '../../../plans/libp2p/options.ts'
import { preparePeerProcess } from '../../../plans/libp2p/process.ts'
import { transportOf } from '../../../plans/libp2p/transport/transport.ts'
import { bucketTree } from '../../../plans/libp2p/warm/buckets.ts'
import { compareDistance } from '../../../plans/sdk/index.ts'
import { describe } from '../../suite.ts'
import { nodeEnv, smallNode } from './nodes.ts'

const zero = new Uint8Array(32)

describe('a table that is given', (test) => {
  test('stands in the place of the own: entries, the nearest of them, and the order in which a query begins', async () => {
    preparePeerProcess()
    const env = nodeEnv(1)
    const peers = await Promise.all(Array.from({ length: 20 }, async (_, i) => (await identityOf(1, i + 2)).peerId))
    const entries = peers
      .map((peerId) => ({ peerId, kadId: keyOfPeer(peerId) }))
      .sort((a, b) => compareDistance(zero, a.kadId, b.kadId))
    const parts = { net: env.net, transport: transportOf(env), quiet: true }
    const libp2p = await createLibp2p({ ...libp2pOptions(await identityOf(1, 1), parts, smallNode), start: false })
    const { dht } = libp2p.services
    quieten(dht)
    await libp2p.start()
    try {
      let dealt: string[] = []
      giveTable(dht, {
        root: bucketTree(entries, 4),
        nearest: (key, count) =>
          [...entries]
            .sort((a, b) => compareDistance(key, a.kadId, b.kadId))
            .slice(0, count)
            .map(({ peerId }) => peerId),
        shuffle(found) {
          // A query whose first peers have no address makes others, for theirs.
          if (dealt.length === 0) dealt = found.map(String)
          return [...found].reverse()
        },
      })
      assert.equal(tableEntries(dht), entries)
      const nearest = nearestInTable(dht, zero, 4).map(String)
      assert.equal(
        nearest,
        entries.slice(0, 4).map(({ peerId }) => peerId.toString()),
      )
      const asked: string[] = []
      const signal = AbortSignal.timeout(20_000)
      for await (const event of dht.getClosestPeers(peers[0]?.toMultihash().bytes as Uint8Array, { signal }))
        if (event.name === 'DIAL_PEER' && asked.push(event.peer.toString()) === 3) break
      assert.is(dealt.length, 4)
      assert.equal(asked, [...dealt].reverse().slice(0, 3))
      assert.is(tableEntries(dht).length, 20)
    } finally {
      await libp2p.stop()
    }
  })

  test('is a tree whose leaves hold no more than a bucket, as deep as that takes', () => {
    const deep = Array.from({ length: 9 }, (_, i) => {
      const kadId = new Uint8Array(32)
      kadId[31] = i
      return { peerId: {} as never, kadId }
    })
    let depth = 0
    const count = (tree: ReturnType<typeof bucketTree>): number => {
      if (!('peers' in tree)) return count(tree.left) + count(tree.right)
      depth = Math.max(depth, tree.depth)
      assert.ok(tree.peers.length <= 4)
      return tree.peers.length
    }
    assert.is(count(bucketTree(deep, 4)), 9)
    assert.is(depth, 254)
  })
})

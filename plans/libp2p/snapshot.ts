import { commonPrefixLength, type Row, type tableRecord } from '@hoplab/sdk'
import { tableEntries } from './internals.ts'
import { keyOfPeer } from './keyspace.ts'
import type { DhtNode } from './node.ts'

/** A node's routing table by common prefix length with its own key, as the record wants it; js-libp2p's own leaves are not these buckets. */
export function snapshotTable(node: DhtNode, snapshot: string, nowMs: number): Row<typeof tableRecord> {
  const own = keyOfPeer(node.peerId)
  const buckets: string[][] = []
  for (const { peerId, kadId } of tableEntries(node.dht)) {
    const length = commonPrefixLength(own, kadId)
    while (buckets.length <= length) buckets.push([])
    buckets[length]?.push(peerId.toString())
  }
  return { ts_ms: nowMs, snapshot, peer: node.peerId.toString(), k: node.dht.k, buckets }
}

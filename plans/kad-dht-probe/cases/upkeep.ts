import {
  type DhtNode,
  keyOfPeer,
  onRefresh,
  onUpkeepQuery,
  refreshTarget,
  snapshotTable,
  tableEntries,
} from '@hoplab/libp2p'
import { commonPrefixLength, type Env, keyOfBytes, type Row, tableRecord, toHex } from '@hoplab/sdk'
import { drawRecord } from '../draw-record.ts'
import { gathered, meet } from '../gather.ts'
import { flag, number, stockNode } from '../settings.ts'
import { upkeepRecord } from '../upkeep-record.ts'

/** Buckets that js-libp2p can draw a refresh target for. */
const refreshable = 16

/** Nodes join and are left alone: what they do for their tables is recorded, and what these hold once all have joined (snapshot `joined`) and at the end (`end`). */
export async function upkeep(env: Env): Promise<void> {
  const options = stockNode(env.params)
  const own = { prepare: (node: DhtNode) => watch(env, node), joined: (node: DhtNode) => mend(env, node) }
  await gathered(env, { options, ...own }, async (limited, node) => {
    const tables = limited.records(tableRecord)
    const snapshot = (name: string) => tables.write(snapshotTable(node, name, limited.clock.now()))
    snapshot('joined')
    await limited.stage('watch', () => alone(limited, node))
    await meet(limited, 'watched')
    snapshot('end')
    draw(limited, node)
  })
}

/** What is asked of a node beside what it does by itself. */
async function mend(env: Env, node: DhtNode): Promise<void> {
  if (flag(env.params, 'refresh')) await node.dht.refreshRoutingTable()
  if (flag(env.params, 'self_lookup')) await lookUpSelf(env, node)
}

/** Lets the time pass; a node that looks itself up does so meanwhile. */
async function alone(env: Env, node: DhtNode): Promise<void> {
  const untilMs = env.clock.now() + number(env.params, 'watch_secs') * 1000
  const everyMs = flag(env.params, 'self_lookup') ? number(env.params, 'every_secs') * 1000 : Number.POSITIVE_INFINITY
  for (;;) {
    const leftMs = untilMs - env.clock.now()
    if (leftMs <= 0) return
    await env.clock.sleep(Math.min(leftMs, everyMs), { signal: env.signal })
    if (everyMs < leftMs) await lookUpSelf(env, node)
  }
}

/** The own key looked up until nobody is left to ask. */
async function lookUpSelf(env: Env, node: DhtNode): Promise<void> {
  const options = { signal: AbortSignal.any([env.signal, AbortSignal.timeout(60_000)]) }
  for await (const _ of node.dht.getClosestPeers(node.peerId.toMultihash().bytes, options));
}

/** Records every query that the node makes for its table, and every refresh. */
function watch(env: Env, node: DhtNode): void {
  const rows = env.records(upkeepRecord)
  const own = keyOfPeer(node.peerId)
  const blank = { cpl: 0, events: 0, dials: 0, sent: 0, answered: 0, failed: 0, found: 0 }
  const size = () => tableEntries(node.dht).length
  onRefresh(node.dht, () => {
    const nowMs = env.clock.now()
    rows.write({ ...blank, start_ms: nowMs, end_ms: nowMs, kind: 'refresh', ended: 'drained', table: size() })
  })
  onUpkeepQuery(node.dht, ({ self, key }) => {
    const startMs = env.clock.now()
    const cpl = commonPrefixLength(own, keyOfBytes(key))
    const counts = { ...blank, cpl }
    return {
      event({ name }) {
        counts.events++
        const column = columnOf[name]
        if (column !== undefined) counts[column]++
      },
      ended(ended) {
        const kind = self ? 'self-query' : cpl === 256 ? 'self-lookup' : 'refresh-query'
        rows.write({ ...counts, start_ms: startMs, end_ms: env.clock.now(), kind, ended, table: size() })
      },
    }
  })
}

type Counted = keyof Pick<Row<typeof upkeepRecord>, 'dials' | 'sent' | 'answered' | 'failed' | 'found'>

const columnOf: Readonly<Record<string, Counted>> = {
  DIAL_PEER: 'dials',
  SEND_QUERY: 'sent',
  PEER_RESPONSE: 'answered',
  QUERY_ERROR: 'failed',
  FINAL_PEER: 'found',
}

/** Draws what a refresh would look up, bucket by bucket. */
function draw(env: Env, node: DhtNode): void {
  const rows = env.records(drawRecord)
  const own = keyOfPeer(node.peerId)
  for (let bucket = 0; bucket < refreshable; bucket++)
    for (let i = 0; i < number(env.params, 'draws'); i++) {
      const key = keyOfPeer(refreshTarget(node.dht, bucket))
      rows.write({ bucket, cpl: commonPrefixLength(own, key), key: toHex(key) })
    }
}

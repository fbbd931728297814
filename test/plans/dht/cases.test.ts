// time limit: 180 s
import * as assert from 'uvu/assert'
import { bootstrapRecord } from '../../../plans/dht/bootstrap-record.ts'
import { identityOf } from '../../../plans/libp2p/identity.ts'
import { lookupRecord, nodeRecord, queryRecord, tableRecord } from '../../../plans/sdk/index.ts'
import { describe } from '../../suite.ts'
import { type Actor, play } from './run-case.ts'

const actors = (count: number): Actor[] => Array.from({ length: count }, () => ({}))
const allSucceed = (count: number): string[] => Array.from({ length: count }, () => 'success')

describe('plan dht', (test) => {
  test('find-peers: every node finds the servers it looks for, and the run says who everyone was', async () => {
    const played = await play('find-peers', actors(6), { n_find_peers: 2, keep_connections: 2 })
    assert.equal(played.states, allSucceed(6), played.log(0))
    const lookups = played.rows(lookupRecord)
    for (const rows of lookups) {
      const measured = rows.filter(({ phase }) => phase === 'measured')
      assert.equal(
        measured.map(({ kind, status }) => [kind, status]),
        [
          ['find-peer', 'ok'],
          ['find-peer', 'ok'],
        ],
      )
      assert.is(new Set(rows.map(({ lookup }) => lookup)).size, rows.length)
      for (const row of measured) assert.ok(row.seeds.length > 0 && row.connected !== null && row.found_from !== null)
    }
    const nodes = played.rows(nodeRecord).flat()
    for (const [at, { peer }] of nodes.entries()) assert.is(peer, (await identityOf(1, at + 1)).peerId.toString())
    assert.equal(
      nodes.map(({ bootstrapper }) => bootstrapper),
      [true, false, false, false, false, false],
    )
  })

  test('find-peers: query events name their lookup, and each query ends once', async () => {
    const played = await play('find-peers', actors(4), { n_find_peers: 2 })
    for (const [at, events] of played.rows(queryRecord).entries()) {
      const lookups = played.rows(lookupRecord)[at] ?? []
      const ended = events.filter(({ event }) => event === 'ended')
      assert.equal(ended.map(({ lookup }) => lookup).sort(), lookups.map(({ lookup }) => lookup).sort())
      for (const { lookup, termination } of lookups)
        assert.is(ended.find((event) => event.lookup === lookup)?.cause, termination)
    }
  })

  test('peer_id_seed changes the peer ids alone', async () => {
    const played = await play('bootstrap-network', actors(2), { peer_id_seed: 7 })
    const peers = played
      .rows(nodeRecord)
      .flat()
      .map(({ peer }) => peer)
    assert.equal(peers, [(await identityOf(7, 1)).peerId.toString(), (await identityOf(7, 2)).peerId.toString()])
  })

  test('bootstrap-network: ends by its measure, the same for all, and tables are written at the named moments', async () => {
    const played = await play('bootstrap-network', actors(5), { random_walk: true, n_random_walks: 2 })
    assert.equal(played.states, allSucceed(5))
    const measures = played.rows(bootstrapRecord)
    for (const rows of measures) {
      assert.ok(rows.slice(0, -1).every(({ ending }) => ending === 'none'))
      assert.is(rows.at(-1)?.ending, 'reached')
      assert.ok((rows.at(-1)?.mean_share ?? 0) >= 0.95)
      assert.is(rows.at(-1)?.mean_share, measures[0]?.at(-1)?.mean_share)
    }
    for (const [at, tables] of played.rows(tableRecord).entries()) {
      assert.equal(
        tables.map(({ snapshot }) => snapshot),
        ['joined', 'bootstrapped', 'end'],
      )
      assert.not.ok(
        tables.some(({ buckets, peer }) => buckets.flat().includes(peer)),
        `table ${at} holds itself`,
      )
    }
    const walks = played
      .rows(lookupRecord)
      .flat()
      .filter(({ lookup }) => lookup.startsWith('walk'))
    assert.is(walks.length, 10)
  })

  test('find-providers: records are found, and one that nobody provides is absent, not failed', async () => {
    const played = await play('find-providers', actors(5), { record_count: 1, n_find_providers: 2, n_find_absent: 1 })
    assert.equal(played.states, allSucceed(5))
    for (const rows of played.rows(lookupRecord)) {
      const measured = rows.filter(({ phase }) => phase === 'measured')
      assert.equal(
        measured.map(({ kind, status, found, expected }) => [kind, status, found, expected]),
        [
          ['provide', 'ok', 4, 4],
          ['find-providers', 'ok', 1, 1],
          ['find-providers', 'ok', 1, 1],
          ['find-providers', 'absent', 0, 0],
        ],
      )
      assert.is(measured[0]?.stored, 4)
      assert.is(measured[0]?.closest.length, 4)
    }
  })

  test('provide: the walk ends before the record is sent, and only the walk is in the query events', async () => {
    const played = await play('provide', actors(4), { record_count: 2 })
    assert.equal(played.states, allSucceed(4))
    for (const [at, rows] of played.rows(lookupRecord).entries())
      for (const { lookup, end_ms, stored } of rows.filter(({ kind }) => kind === 'provide')) {
        const events = played.rows(queryRecord)[at]?.filter((event) => event.lookup === lookup) ?? []
        const asked = events.filter(({ event }) => event === 'sent').map(({ peer }) => peer)
        assert.is(new Set(asked).size, asked.length)
        assert.ok((events.at(-1)?.ts_ms ?? end_ms) < end_ms)
        assert.is(events.at(-1)?.event, 'ended')
        assert.is(stored, 3)
      }
  })

  test('store-get-value: fetchers get what storers put, byte by byte', async () => {
    const played = await play('store-get-value', [{ role: 'storer' }, { role: 'fetcher' }, {}, {}], {
      n_get_values: 2,
      n_get_absent: 1,
      value_bytes: 1000,
    })
    assert.equal(played.states, allSucceed(4))
    const kinds = played
      .rows(lookupRecord)
      .map((rows) => rows.filter(({ phase }) => phase === 'measured').map(({ kind, status }) => `${kind} ${status}`))
    const put = ['put-value ok']
    const got = ['get-value ok', 'get-value ok', 'get-value absent']
    assert.equal(kinds, [put, got, [...put, ...got], [...put, ...got]])
    const stored = played
      .rows(lookupRecord)
      .flat()
      .filter(({ kind }) => kind === 'put-value')
    assert.equal(
      stored.map((row) => row.stored),
      [3, 3, 3],
    )
  })

  test('get-closest-peers: returns the others, nearest first', async () => {
    const played = await play('get-closest-peers', actors(4), { n_get_closest: 2 })
    assert.equal(played.states, allSucceed(4))
    for (const rows of played.rows(lookupRecord))
      for (const row of rows.filter(({ phase }) => phase === 'measured')) {
        assert.is(row.closest.length, 3)
        assert.is(row.found, row.expected)
      }
  })

  test('lookups_at_once: no more lookups than that are under way in the whole network', async () => {
    const played = await play('get-closest-peers', actors(4), { n_get_closest: 3, lookups_at_once: 1 })
    const measured = played
      .rows(lookupRecord)
      .flat()
      .filter(({ phase }) => phase === 'measured')
    const inOrder = measured.toSorted((a, b) => a.start_ms - b.start_ms)
    assert.is(inOrder.length, 12)
    for (const [at, { start_ms }] of inOrder.entries())
      assert.ok(at === 0 || (inOrder[at - 1]?.end_ms ?? 0) <= start_ms)
  })

  test('clients enter no table, and dials to undialable nodes are refused and recorded', async () => {
    const roles: Actor[] = [{}, { params: { undialable: true } }, { params: { client_mode: true, group_order: 9 } }]
    const played = await play('find-peers', [...roles, ...actors(4)], { n_find_peers: 2 })
    assert.equal(played.states, allSucceed(7))
    const nodes = played.rows(nodeRecord).flat()
    assert.equal(
      nodes.slice(0, 3).map(({ role, dialable }) => [role, dialable]),
      [
        ['server', true],
        ['server', false],
        ['client', true],
      ],
    )
    const entries = new Set(
      played
        .rows(tableRecord)
        .flat()
        .flatMap(({ buckets }) => buckets.flat()),
    )
    assert.not.ok(entries.has(nodes[2]?.peer ?? ''))
    assert.ok(entries.has(nodes[1]?.peer ?? ''))
    const targets = played
      .rows(lookupRecord)
      .flat()
      .map(({ target_peer }) => target_peer)
    assert.not.ok(targets.includes(nodes[2]?.peer ?? ''))
    const refused = played
      .rows(queryRecord)
      .flat()
      .filter(({ event, cause }) => event === 'dial-failed' && cause === 'refused')
    assert.ok(refused.length > 0)
    assert.equal([...new Set(refused.map(({ peer }) => peer))], [nodes[1]?.peer])
  })

  test('an instance that cannot do its work fails and says why', async () => {
    const played = await play('find-peers', [{ params: { bootstrapper: true, client_mode: true } }, {}])
    assert.equal(played.states, ['failure', 'failure'])
    assert.match(played.log(1), 'instance 1 has bootstrapper = true and is undialable or in client mode')
  })

  test('an instance that is not done in time fails and says so', async () => {
    const played = await play('find-peers', actors(2), { timeout_secs: 1, lookup_rate: 0.01, n_find_peers: 1 })
    assert.equal(played.states, ['failure', 'failure'])
    assert.match(played.log(0), 'not done within 1 s (timeout_secs)')
  })
})

// time limit: 600 s
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import * as assert from 'uvu/assert'
import type { Composition } from '../../../kernel-lib/composition/composition.ts'
import { prepare } from '../../../kernel-lib/run/experiment.ts'
import { run } from '../../../kernel-lib/run/run.ts'
import { checkRelays } from '../../../plans/dht/members.ts'
import { relayRecord } from '../../../plans/dht/relay-record.ts'
import { nodeRecord, queryRecord, type RecordSchema, type Row } from '../../../plans/sdk/index.ts'
import { freshRuns } from '../../kernel-lib/run/experiment-of.ts'
import { describe } from '../../suite.ts'
import { play } from './run-case.ts'

const root = join(import.meta.dirname, '../../..')
const workspace = { root, commands: [], plans: [join(root, 'plans')], observers: [] }
const nattedCount = 4

/** One relay, which goes for good 20 s into the measurement, and nodes behind routers of their own. */
const oneRelay: Composition = {
  plan: 'dht',
  case: 'get-closest-peers',
  runner: 'sim',
  params: { bucket_size: 4, alpha: 3, dial_secs: 5, relays: 1, n_get_closest: 7, lookup_rate: 1, timeout_secs: 3600 },
  network: { latencyMs: 20 },
  groups: [
    { id: 'open', count: 2 },
    {
      id: 'relay',
      count: 1,
      params: { relay_server: true, n_get_closest: 0 },
      life: { sessionSecs: 20, fromStage: 'measure' },
    },
    { id: 'natted', count: nattedCount, reach: { nat: 'single' } },
  ],
}

interface Traced {
  readonly sha256: string
  readonly events: readonly { readonly event: string; readonly from?: string; readonly to?: string }[]
  rows<S extends RecordSchema>(schema: S): readonly Row<S>[][]
}

async function simulated(): Promise<Traced> {
  const runsFolder = freshRuns()
  const record = await run(await prepare(oneRelay, { workspace }), { runsFolder })
  const reasons = record.instances.filter(({ outcome }) => outcome !== 'success')
  assert.ok(record.outcome === 'success' || reasons.every(({ group }) => group === 'relay'), JSON.stringify(reasons))
  const lines = (file: string): string[] => file.split('\n').filter(Boolean)
  const folder = join(runsFolder, record.run)
  return {
    sha256: (record.placement?.trace as { sha256: string }).sha256,
    events: lines(gunzipSync(readFileSync(join(folder, 'trace.ndjson.gz'))).toString()).map((line) => JSON.parse(line)),
    rows: (schema) =>
      Array.from({ length: nattedCount }, (_, index) =>
        lines(readFileSync(join(folder, 'natted', String(index), schema.file), 'utf8')).map((line) => JSON.parse(line)),
      ),
  }
}

describe('plan dht, where relays are the only way in', (test) => {
  test('nodes behind routers meet through a relay, which takes the way in with it when it crashes; the same seed, the same trace', async () => {
    const [first, again] = await Promise.all([simulated(), simulated()])
    assert.is(first.sha256, again.sha256)

    const peers = first.rows(nodeRecord).flat()
    assert.ok(peers.length === nattedCount && peers.every(({ dialable }) => dialable))
    const natted = new Set(peers.map(({ peer }) => peer))
    const places = first.rows(relayRecord)
    assert.equal(
      places.map((rows) => rows.map(({ event }) => event)),
      places.map(() => ['reserved', 'lost']),
    )
    const lostMs = Math.max(...places.flat().map(({ ts_ms }) => ts_ms))

    const dials = first
      .rows(queryRecord)
      .flat()
      .filter(({ event, peer, cause }) => event.startsWith('dial') && natted.has(peer ?? '') && cause !== 'cancelled')
    const ends = (late: boolean): Set<string> =>
      new Set(dials.filter(({ event, ts_ms }) => event !== 'dial' && late === ts_ms > lostMs).map(({ event }) => event))
    assert.equal([...ends(false)].includes('dialed'), true)
    assert.equal([...ends(true)], ['dial-failed'])

    const between = first.events.filter(
      ({ from = '', to = '' }) => from.startsWith('natted') && to.startsWith('natted'),
    )
    assert.equal(between, [])
    assert.ok(first.events.some(({ event, from, to }) => event === 'opened' && from === 'natted/0' && to === 'relay/0'))
  })

  test('nodes whose own dials are refused are found and dialed through a relay, over TCP too', async () => {
    const undialable = { params: { undialable: true } }
    const played = await play('get-closest-peers', [{ params: { relay_server: true } }, {}, undialable, undialable], {
      relays: 1,
      n_get_closest: 3,
    })
    assert.equal(played.states, ['success', 'success', 'success', 'success'], played.log(3))
    const nodes = played.rows(nodeRecord).flat()
    assert.ok(nodes.every(({ dialable }) => dialable))
    assert.equal(
      played.rows(relayRecord).map((rows) => rows.map(({ event, relay }) => [event, relay])),
      [[], [], [['reserved', nodes[0]?.peer]], [['reserved', nodes[0]?.peer]]],
    )
    const dials = played.rows(queryRecord).flat()
    const through = dials.filter(({ peer }) => peer === nodes[2]?.peer || peer === nodes[3]?.peer)
    assert.ok(through.some(({ event }) => event === 'answered'))
    assert.not.ok(through.some(({ event, cause }) => event === 'dial-failed' && cause === 'refused'))
  })

  test('a run whose nodes need relays and that has none is refused', () => {
    const natted = { seq: 2, wayIn: 'relays', relay: false } as const
    const open = { seq: 1, wayIn: 'direct', relay: false } as const
    assert.throws(
      () => checkRelays([open, natted]),
      /instance 2 cannot be dialed and has relays > 0, and nobody relays/,
    )
    checkRelays([{ ...open, relay: true }, natted])
    checkRelays([open])
  })
})

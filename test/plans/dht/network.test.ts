// time limit: 180 s
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { prepare } from '../../../kernel-lib/run/experiment.ts'
import { run } from '../../../kernel-lib/run/run.ts'
import type { linkRecord } from '../../../plans/dht/link-record.ts'
import type { lookupRecord, queryRecord, Row } from '../../../plans/sdk/index.ts'
import { freshRuns } from '../../kernel-lib/run/experiment-of.ts'
import { describe } from '../../suite.ts'

const root = join(import.meta.dirname, '../../..')
const workspace = { root, commands: [], plans: [join(root, 'plans')], observers: [] }
const count = 8

describe('plan dht on exec, over a network', (test) => {
  test('answers come a round trip after their requests, and the record says what was asked for', async () => {
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'plans/dht'], { cwd: root })
    const runsFolder = freshRuns()
    const experiment = await prepare(
      {
        plan: 'dht',
        case: 'get-closest-peers',
        runner: 'exec',
        params: { bucket_size: 4, alpha: 3, n_get_closest: 2 },
        network: { latencyMs: 20 },
        groups: [{ id: 'nodes', count }],
      },
      { workspace },
    )
    const record = await run(experiment, { runsFolder })
    assert.is(record.outcome, 'success')
    assert.is(record.spec.network?.latencyMs, 20)
    const rowsOf = <R>(index: number, file: string): R[] =>
      readFileSync(join(runsFolder, record.run, 'nodes', String(index), file), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    for (let index = 0; index < count; index++) {
      const measured = rowsOf<Row<typeof lookupRecord>>(index, 'lookups.ndjson').filter(
        ({ phase }) => phase === 'measured',
      )
      assert.is(measured.length, 2)
      for (const { lookup, status, start_ms, end_ms } of measured) {
        assert.is(status, 'ok')
        assert.ok(end_ms - start_ms >= 40, `${lookup} of ${index} took ${end_ms - start_ms} ms`)
      }
      const [link, ...others] = rowsOf<Row<typeof linkRecord>>(index, 'link.ndjson')
      assert.equal([link?.configured_ms, link?.pings, others.length], [40, 5, 0])
      assert.ok((link?.rtt_ms ?? 0) >= 39, `${link?.rtt_ms} ms by a clock of whole milliseconds`)
      const tripsMs = roundTrips(rowsOf<Row<typeof queryRecord>>(index, 'queries.ndjson'))
      assert.ok(tripsMs.length >= 2)
      for (const ms of tripsMs) assert.ok(ms >= 40, `a round trip of ${index} took ${ms} ms`)
    }
  })
})

/** From a request that was sent to its answer, ms. */
function roundTrips(rows: readonly Row<typeof queryRecord>[]): readonly number[] {
  const sent = new Map<string, number>()
  return rows.flatMap(({ event, lookup, peer, ts_ms }) => {
    const key = `${lookup} ${peer}`
    if (event === 'sent') sent.set(key, ts_ms)
    const sentMs = sent.get(key)
    return event === 'answered' && sentMs !== undefined ? [ts_ms - sentMs] : []
  })
}

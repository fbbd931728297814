// time limit: 300 s
import { cpSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { influxAddress } from '../../collectors/influx/address.ts'
import { observeInflux } from '../../collectors/influx/observe.ts'
import { influxql } from '../../collectors/influx/query.ts'
import { sendRun } from '../../collectors/influx/send-run.ts'
import { prepare } from '../../kernel-lib/run/experiment.ts'
import { loadPlan } from '../../kernel-lib/run/plans.ts'
import type { RunRecord } from '../../kernel-lib/run/record.ts'
import { run } from '../../kernel-lib/run/run.ts'
import { findWorkspace } from '../../kernel-lib/run/workspace.ts'
import { readRecord } from '../../kernel-lib/tables/read-record.ts'
import { moments, runsOf } from '../../publish/dashboards/influxql.ts'
import { panelSpecs } from '../../publish/dashboards/panel-specs.ts'
import { build } from '../kernel-lib/kernel/notebooks.ts'
import { freshFolder } from '../kernel-lib/run/fresh-folder.ts'
import { describe } from '../suite.ts'
import { type MetricsServer, startMetrics } from './influx-server.ts'
import { influx16 } from './needs.ts'

const root = resolve(import.meta.dirname, '../..')
const workspace = findWorkspace(root)

/** A query as Grafana would send it. */
function filled(query: string, { run: id, startedMs, endedMs }: RunRecord): string {
  return query
    .replaceAll(/\$\{run\}/g, id)
    .replaceAll('$timeFilter', `time >= ${startedMs - 1000}ms AND time <= ${endedMs + 1000}ms`)
    .replaceAll('$__interval', '1s')
}

/** How many lookups of a run there are, at whatever time. */
function countOf({ run: id }: RunRecord): string {
  return `SELECT count("duration_ms") AS "n" FROM "lookups" WHERE "run" = '${id}'`
}

describe(
  'the queries of dashboards',
  (test) => {
    let server: MetricsServer
    const database = () => influxAddress(server.url, '')
    test.before(async () => {
      build()
      server = await startMetrics('influxdb-1.6')
    })
    test.after(() => server?.stop())

    async function silent(plan: string, records: readonly RunRecord[]): Promise<string[]> {
      const { manifest } = (await loadPlan(plan, workspace)).plan
      const without: string[] = []
      for (const { title, query } of panelSpecs(manifest)) {
        const rows = await Promise.all(records.map((record) => influxql(database(), filled(query, record))))
        if (rows.flat().length === 0) without.push(title)
      }
      return without
    }

    test('each returns rows of runs of its plan', async () => {
      const runsFolder = freshFolder()
      const records: RunRecord[] = []
      const base = { plan: 'dht', runner: 'exec', groups: [{ id: 'nodes', count: 6 }] }
      for (const one of [
        { ...base, case: 'find-providers', params: { n_find_providers: 2 } },
        { ...base, case: 'store-get-value', params: { n_get_values: 2 } },
      ])
        records.push(
          await run(await prepare(one, { workspace }), {
            runsFolder,
            observers: [observeInflux(server.url, { onNotice() {} })],
          }),
        )
      assert.equal(
        records.map(({ outcome }) => outcome),
        ['success', 'success'],
      )
      assert.equal(await silent('dht', records), [])
      const [first] = records
      assert.ok(first)
      for (const moment of ['start', 'end'] as const)
        assert.is((await influxql(database(), filled(moments(moment), first))).length, 1)
      const ids = (await influxql(database(), runsOf('dht'))).map(({ value }) => value)
      assert.equal(ids.sort(), records.map(({ run: id }) => id).sort())
    })

    test('find what a simulation wrote where the run was, whatever the date of its network', async () => {
      const runsFolder = freshFolder()
      const sent = { runsFolder, observers: [observeInflux(server.url, { onNotice() {} })] }
      const composition = { plan: 'dht', runner: 'sim', case: 'find-providers', groups: [{ id: 'nodes', count: 6 }] }
      const record = await run(await prepare(composition, { workspace }), sent)
      const networkEnd = record.startedMs + Math.ceil(record.placement?.virtualMs as number)
      const lasted = { ...record, endedMs: networkEnd }
      const { manifest } = (await loadPlan('dht', workspace)).plan
      const machines = panelSpecs(manifest).filter(({ title }) => title.startsWith('diagnostics'))
      assert.ok(machines.length > 0)
      assert.equal(
        await silent('dht', [lasted]),
        machines.map(({ title }) => title),
      )
      const [live] = await influxql(database(), countOf(record))
      await sendRun({ record, folder: join(runsFolder, record.run) }, database(), { runsFolder, patienceMs: 20_000 })
      assert.ok(Number(live?.n) > 0)
      assert.equal(await influxql(database(), countOf(record)), [live])
    })

    test('each returns rows of what a plan on the Go SDK wrote', async () => {
      const runsFolder = freshFolder()
      const folder = join(runsFolder, 'run')
      cpSync(join(root, 'datasets/closest-peers-12'), folder, { recursive: true })
      cpSync(join(root, 'test/fixtures/metrics'), join(folder, 'servers/3'), { recursive: true })
      const { record } = await readRecord(folder, '.')
      // As if the example plan had run when those files were written.
      const startedMs = 1_795_602_557_000
      const spec = { ...record.spec, plan: 'example-go' }
      const go = { ...record, run: 'go', spec }
      await sendRun({ record: go, folder }, database(), { runsFolder, patienceMs: 20_000 })
      const [written, rest] = [{ ...go, startedMs, endedMs: startedMs + 5000 }, go]
      assert.equal(await silent('example-go', [written, rest]), [])
    })
  },
  [influx16],
)

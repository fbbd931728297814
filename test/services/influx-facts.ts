import { spawn } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { type InfluxAddress, influxAddress } from '../../collectors/influx/address.ts'
import { flux, influxql } from '../../collectors/influx/query.ts'
import { sendRun } from '../../collectors/influx/send-run.ts'
import { probe } from '../../collectors/influx/server.ts'
import { openWriter } from '../../collectors/influx/writer.ts'
import { load } from '../../kernel-lib/tables/load.ts'
import { readRecord } from '../../kernel-lib/tables/read-record.ts'
import { freshFolder } from '../kernel-lib/run/fresh-folder.ts'
import { describe, type Need } from '../suite.ts'
import { madePoints } from './influx-points.ts'
import { type ServerName, startMetrics } from './influx-server.ts'

const dataset = resolve(import.meta.dirname, '../../datasets/closest-peers-12')

const count = async (address: InfluxAddress, measurement: string, field: string): Promise<unknown> =>
  (await influxql(address, `SELECT count("${field}") AS n FROM "${measurement}"`))[0]?.n

/** What holds with every InfluxDB. */
export function influxFacts(
  name: ServerName,
  { need, writes, hasFlux }: { readonly need: Need; readonly writes: 'v1' | 'v2'; readonly hasFlux: boolean },
): void {
  describe(
    name,
    (test) => {
      let server: Awaited<ReturnType<typeof startMetrics>>
      const database = (db: string): InfluxAddress => influxAddress(`${server.url}?db=${db}`, '')
      test.before(async () => {
        server = await startMetrics(name)
      })
      test.after(() => server?.stop())

      test('is known by what it does', async () => {
        const found = await probe(database('none'))
        assert.is(found.writes, writes)
        assert.is(found.influxql, true)
        assert.is(found.flux, hasFlux)
        assert.is(found.lacks.length, hasFlux ? 0 : 1)
      })

      test('a run is sent whole, and sent again nothing doubles', async () => {
        const runsFolder = freshFolder()
        cpSync(dataset, join(runsFolder, 'run'), { recursive: true })
        const recorded = await readRecord(join(runsFolder, 'run'), '.')
        const address = database('whole')
        const first = await sendRun(recorded, address, { runsFolder, patienceMs: 20_000 })
        const again = await sendRun(recorded, address, { runsFolder, patienceMs: 20_000 })
        assert.is(first.refused, 0)
        assert.is(first.taken, first.points)
        assert.is(again.taken, first.points)
        const data = await load(join(runsFolder, 'run'))
        assert.ok(data.lookups.numRows() > 10 && data.queryEvents.numRows() > 100)
        assert.is(await count(address, 'lookups', 'duration_ms'), data.lookups.numRows())
        assert.is(await count(address, 'query_events', 'path'), data.queryEvents.numRows())
        assert.is(await count(address, 'nodes', 'peer'), 12)
        assert.is(await count(address, 'snapshots', 'buckets_count'), data.snapshots.numRows())
        assert.is(await count(address, 'outcomes', 'seq'), 12)
        assert.is(await count(address, 'runs', 'instances'), 2)
        const [tags] = await influxql(
          address,
          `SELECT count(count) AS n FROM events WHERE kind = 'success' GROUP BY run, plan, "case", seed`,
        )
        const { run, spec } = recorded.record
        assert.equal(tags, { ...tags, n: 12, run, plan: spec.plan, case: spec.case, seed: String(spec.seed) })
      })

      if (hasFlux)
        test('the same rows are found in Flux', async () => {
          const rows = await flux(
            database('whole'),
            'from(bucket: "whole") |> range(start: 0) |> filter(fn: (r) => r._measurement == "outcomes" and r._field == "seq") |> group() |> count()',
          )
          assert.is(rows[0]?._value, 12)
        })

      test('what is written while the server is away arrives when it is back', async () => {
        const address = database('outage')
        const bufferFolder = freshFolder()
        const writer = await openWriter(address, { bufferFolder })
        await writer.write(madePoints(0, 6000))
        await writer.drained(20_000)
        await server.halt()
        await writer.write(madePoints(6000, 14_000))
        assert.is(writer.shipped().taken, 6000)
        await server.start()
        await writer.drained(20_000)
        await writer.close()
        assert.is(await count(address, 'made', 'value'), 20_000)
        assert.is(writer.shipped().taken, 20_000)
      })

      test('what a killed process had written is sent by the next one', async () => {
        const address = database('killed')
        const bufferFolder = freshFolder()
        await server.halt()
        await killedAfterWriting(address, bufferFolder, 12_345)
        await server.start()
        const writer = await openWriter(address, { bufferFolder })
        await writer.drained(20_000)
        await writer.close()
        assert.is(await count(address, 'made', 'value'), 12_345)
      })

      test('what the server never takes is told and put aside', async () => {
        const address = database('refused')
        const writer = await openWriter(address, { bufferFolder: freshFolder() })
        const [point, next] = madePoints(0, 2)
        assert.ok(point && next)
        await writer.write([point])
        await writer.drained(20_000)
        await writer.write([{ ...next, tags: point.tags, fields: { value: 'text' } }])
        await writer.drained(20_000)
        await writer.close()
        assert.is(writer.shipped().refused, 1)
        assert.match(writer.shipped().problems.join(), /type conflict.*value/s)
      })
    },
    [need],
  )
}

/** Writes points in a process of its own, which is killed when it says that all are written. */
async function killedAfterWriting({ url, database }: InfluxAddress, folder: string, points: number): Promise<void> {
  const words = [join(import.meta.dirname, 'influx-write.ts'), `${url}?db=${database}`, folder, String(points)]
  const child = spawn(process.execPath, ['--conditions=hoplab-source', '--import', 'tsx', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const over = new Promise((resolve) => child.once('close', resolve))
  await new Promise((resolve) => child.stdout.once('data', resolve))
  child.kill('SIGKILL')
  await over
}

// time limit: 120 s
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { create, extract } from 'tar'
import * as assert from 'uvu/assert'
import { importArchive } from '../../../kernel-lib/run/import/import.ts'
import type { RunRecord } from '../../../kernel-lib/run/record.ts'
import { load } from '../../../kernel-lib/tables/load.ts'
import type { RunData } from '../../../kernel-lib/tables/run-data.ts'
import { describe, type Need } from '../../suite.ts'
import { inFolder } from './testground-archive.ts'

const collected = resolve(
  import.meta.dirname,
  '../../../../shared/data/testground-dht-find-peers-2020-03-19/48d7fa97a0ee.tgz',
)
const recorded: Need = {
  name: 'the recorded Testground run in ../shared/data',
  found: () => existsSync(collected),
}

// Every expected number was computed from the archive by a separate program in another language.

const tally = (values: Iterable<unknown>): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1
  return counts
}
const outcomes = ({ instances }: RunRecord) => tally(instances.map(({ outcome }) => outcome))
const close = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 0.01, `${a} is not ${b}`)
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function durations({ lookups }: RunData, status: string): number[] {
  const rows = lookups.objects() as { status: string; start_ms: number; end_ms: number }[]
  return rows.filter((row) => row.status === status).map((row) => row.end_ms - row.start_ms)
}

describe(
  'the Testground run of 2020',
  (test) => {
    test('has 100 instances, of which 85 found their peer', () =>
      inFolder(async (_, runs) => {
        const record = await importArchive(collected, { runsFolder: runs })
        const data = await load(record, { runsFolder: runs })
        assert.is(record.imported?.sha256, 'df1e896615f1e2c3b64a1668c7fc703b73fe54338de6d2dfb211639d5eb6ba4f')
        assert.equal(outcomes(record), { success: 85, failure: 15 })
        assert.equal(data.damage, [])
        assert.equal(tally(data.lookups.array('status')), { ok: 85, failed: 15 })
        const events = { seen: 903, sent: 793, answered: 653, dial: 522, 'dial-failed': 83 }
        assert.equal(tally(data.queryEvents.array('event')), events)
        const ok = durations(data, 'ok').sort((a, b) => a - b)
        close(mean(ok), 3788.2317)
        close(ok[42] ?? 0, 3755.925)
        close(ok[84] ?? 0, 6515.4425)
        close(mean(durations(data, 'failed')), 2898.8778)
        assert.equal(new Set(data.nodes.array('peer')).size, 100)
        assert.equal(tally(data.nodes.array('bootstrapper')), { false: 99, true: 1 })
      }))

    test('altered, ten instances removed, two files truncated, counts what is missing', () =>
      inFolder(async (folder, runs) => {
        const file = await altered(folder)
        const record = await importArchive(file, { runsFolder: runs })
        const data = await load(record, { runsFolder: runs })
        assert.is(record.instances.length, 100)
        assert.equal(outcomes(record), { success: 75, failure: 14, unknown: 11 })
        const reasons = tally(record.instances.slice(90).map(({ reason }) => reason))
        assert.equal(reasons, { 'unknown: not in the archive': 10 })
        assert.match(record.instances[1]?.reason ?? '', /run\.out is cut short/)
        assert.equal(tally(data.lookups.array('status')), { ok: 75, failed: 14 })
        const events = { seen: 807, sent: 708, answered: 582, dial: 458, 'dial-failed': 74 }
        assert.equal(tally(data.queryEvents.array('event')), events)
        close(mean(durations(data, 'ok')), 3789.5932)
        close(mean(durations(data, 'failed')), 2948.5546)
        const never = data.queryEvents.objects().filter((row) => (row as { lookup_row: number }).lookup_row < 0)
        assert.equal(new Set(never.map((row) => (row as { instance: number }).instance)), new Set([1]))
        const lines = data.damage.filter(({ line }) => line !== null).map(({ path }) => path)
        assert.equal(lines, ['single/0/queries.ndjson'])
        assert.equal(tally(data.damage.filter(({ line }) => line === null).map(({ table }) => table)), {
          nodes: 10,
          lookups: 10,
          query_events: 10,
        })
      }))
  },
  [recorded],
)

/** A copy without instances 90 to 99, with half of the rows of instance 0 and half of what instance 1 printed. */
async function altered(folder: string): Promise<string> {
  const copy = join(folder, 'copy')
  mkdirSync(copy)
  await extract({ file: collected, cwd: copy })
  const [run = ''] = readdirSync(copy)
  const inRun = (path: string) => join(copy, run, 'single', path)
  for (let index = 90; index < 100; index++) rmSync(inRun(`${index}`), { recursive: true })
  for (const path of ['0/dht_queries.out', '1/run.out'])
    truncateSync(inRun(path), Math.floor(readFileSync(inRun(path)).length / 2))
  const file = join(folder, 'altered.tgz')
  await create({ file, gzip: true, cwd: copy }, [run])
  return file
}

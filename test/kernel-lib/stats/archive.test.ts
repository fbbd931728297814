// time limit: 120 s
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { create, extract } from 'tar'
import * as assert from 'uvu/assert'
import { importArchive } from '../../../kernel-lib/run/import/import.ts'
import { showRun } from '../../../kernel-lib/stats/show-run.ts'
import { type Statistics, statistics } from '../../../kernel-lib/stats/statistics.ts'
import { load } from '../../../kernel-lib/tables/load.ts'
import { describe } from '../../suite.ts'

const archive = fileURLToPath(
  new URL('../../../../shared/data/testground-dht-find-peers-2020-03-19/48d7fa97a0ee.tgz', import.meta.url),
)
const publicData = { name: 'the public archive in ../shared/data', found: () => existsSync(archive) }

const near = (a: number | null | undefined, b: number, within = 1e-9) =>
  assert.ok(typeof a === 'number' && Math.abs(a - b) <= within, `${a} is not ${b}`)

// The numbers were computed from the raw lines by a script that shares nothing with this code.
describe(
  'statistics of the Testground archive',
  (test) => {
    let folder = ''
    test.before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'hoplab-stats-'))
    })
    test.after(() => rm(folder, { recursive: true, force: true }))

    test('are those of its raw lines', async () => {
      const { D1, D2, D4, D7, D8 } = await imported(archive, join(folder, 'whole'))
      assert.equal([D1.estimate, D1.n, D1.failed, D1.missing], [0.85, 100, 15, 0])
      near(D1.interval?.low, 0.76716, 1e-4)
      near(D1.interval?.high, 0.90695, 1e-4)
      near(D2.ok.quantiles?.['0.5'], 3755.924999, 0.01)
      near(D2.all.quantiles?.['0.5'], 4070.097932, 0.01)
      near(D2.all.quantiles?.['0.75'], 5976.601737, 0.01)
      assert.is(D2.all.quantiles?.['0.9'], null)
      assert.equal(D4.counts, { 1: 7, 2: 25, 3: 34, 4: 17, 5: 2 })
      assert.equal([D4.inferred, D4.ambiguous, D4.n, D4.failed], [85, 23, 85, 15])
      near(D4.ambiguousBounds.low, 2.552941176470588)
      near(D4.ambiguousBounds.high, 2.8588235294117648)
      near(D7.ok.sent.mean, 8.070588235294117)
      near(D7.failed.sent.mean, 7.133333333333334)
      near(D7.ok.received.mean, 6.482352941176471)
      near(D8.begun.ok.mean, 5.588235294117647)
      near(D8.begun.failed.mean, 3.1333333333333333)
      assert.equal([D8.failed, D8.faults], [{ cancelled: 83 }, 0])
    })

    test('move with ten instances removed and a file cut, and count what is missing', async () => {
      const { D1, D4, D7 } = await imported(await altered(folder), join(folder, 'altered'))
      assert.equal([D1.n, D1.expected, D1.missing, D1.failed], [90, 100, 10, 13])
      near(D1.estimate, 77 / 90)
      assert.equal([D7.all.sent.n, D7.all.sent.expected, D7.all.sent.missing], [89, 100, 11])
      assert.equal([D4.n, D4.failed, D4.missing], [76, 13, 11])
    })

    test('are what show prints, as one object and for people, by the beginning of the run id', async () => {
      const runsFolder = join(folder, 'whole')
      const [run] = (await load(await onlyRun(runsFolder))).records
      const { json, lines } = await showRun((run?.run ?? '').slice(0, 20), { runsFolder })
      assert.equal([json.schema, json.instances.expected, json.outcome], ['hoplab/run/1', 100, 'failure'])
      assert.equal(Object.keys(json.statistics).slice(0, 3), ['D1', 'D2', 'D4'])
      assert.not.match(JSON.stringify(json), /"values"/)
      assert.ok(lines.some((line) => line.includes('85.0 % (95 % 76.7–90.7), n 100, 15 failed')))
    })

    test('are not shown of a run that is not there, which is said with what there is', async () => {
      const refused = await showRun('nothing', { runsFolder: join(folder, 'whole') }).catch((error: Error) => error)
      assert.match((refused as Error).message, /no run in .* begins so; there are/)
    })
  },
  [publicData],
)

async function imported(file: string, runsFolder: string): Promise<Statistics> {
  const record = await importArchive(file, { runsFolder })
  return statistics(await load(record.run, { runsFolder }))
}

async function onlyRun(runsFolder: string): Promise<string> {
  return join(runsFolder, (await readdir(runsFolder))[0] ?? '')
}

async function altered(folder: string): Promise<string> {
  const name = '48d7fa97a0ee'
  await extract({ file: archive, cwd: folder })
  for (let i = 0; i < 10; i++) await rm(join(folder, name, 'single', String(i)), { recursive: true })
  const trace = join(folder, name, 'single/20/dht_queries.out')
  await writeFile(trace, (await readFile(trace)).subarray(0, 900))
  const file = join(folder, 'altered.tgz')
  await create({ file, cwd: folder, gzip: true }, [name])
  return file
}

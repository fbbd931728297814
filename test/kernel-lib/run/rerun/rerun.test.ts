// time limit: 240 s
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import * as assert from 'uvu/assert'
import { pull } from '../../../../collectors/artifacts/pull.ts'
import command from '../../../../kernel-lib/run/commands/rerun.ts'
import { prepare } from '../../../../kernel-lib/run/experiment.ts'
import { keepIn } from '../../../../kernel-lib/run/keep.ts'
import type { RunRecord } from '../../../../kernel-lib/run/record.ts'
import { rerun } from '../../../../kernel-lib/run/rerun/rerun.ts'
import { run } from '../../../../kernel-lib/run/run.ts'
import { findWorkspace } from '../../../../kernel-lib/run/workspace.ts'
import { showRun } from '../../../../kernel-lib/stats/show-run.ts'
import { folderStore } from '../../../../kernel-lib/store/folder.ts'
import { describe } from '../../../suite.ts'
import { experimentOf, fixtures, freshRuns } from '../experiment-of.ts'
import { freshFolder } from '../fresh-folder.ts'

const workspace = findWorkspace(import.meta.dirname)
const signal = new AbortController().signal

/** Six nodes of the dht plan, simulated and kept in a store. */
async function six(): Promise<{ runsFolder: string; store: string; record: RunRecord }> {
  const [runsFolder, store] = [freshRuns(), join(freshFolder(), 'store')]
  const groups = [{ id: 'nodes', count: 6, params: { n_find_peers: 2 } }]
  const experiment = await prepare({ plan: 'dht', case: 'find-peers', runner: 'sim', groups }, { workspace })
  const record = await run(experiment, { runsFolder, observers: [keepIn(folderStore(store))] })
  return { runsFolder, store, record }
}

const first = six()

/** A record under other values, in the folder of the run. */
function altered(runsFolder: string, record: RunRecord, values: Partial<RunRecord>): void {
  writeFileSync(join(runsFolder, record.run, 'record.json'), JSON.stringify({ ...record, ...values }))
}

const refused = (promise: Promise<unknown>, message: RegExp): Promise<void> =>
  promise.then(
    () => assert.unreachable(`not refused; expected ${message}`),
    (error: Error) => {
      assert.is(error.name, 'InputError')
      assert.match(error.message, message)
    },
  )

describe('a simulation that is repeated', (test) => {
  test('is the same event by event and file by file, and so are its statistics', async () => {
    const { runsFolder, record } = await first
    assert.is(record.outcome, 'success')
    const again = await rerun(record.run, { runsFolder, workspace })
    assert.equal([again.of, again.outcome, again.identical, again.changed], [record.run, 'success', true, []])
    assert.is.not(again.run, record.run)
    assert.ok(Number(again.events) > 500, String(again.events))
    assert.equal(again.files, { compared: 36, differing: 0, first: [] })
    assert.is(again.trace, (record.placement?.trace as { sha256: string }).sha256)
    const [one, two] = await Promise.all([record.run, again.run].map((name) => showRun(name, { runsFolder })))
    assert.ok((one?.json.statistics.D2 as { all: { n: number } }).all.n > 0)
    assert.equal(two?.json.statistics, one?.json.statistics)
    const display = (again as unknown as Record<symbol, () => Record<string, unknown>>)[Symbol.for('Jupyter.display')]
    assert.match(String(display?.()['text/plain']), /^identical {2}\d+ events {2}sha256 [0-9a-f]{64}\n/)
  })

  test('under another seed differs, says where, and has other statistics', async () => {
    const { runsFolder, record } = await first
    const out: string[] = []
    const err: string[] = []
    const values = { runs: runsFolder, seed: '2', json: true }
    const told = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), signal, workspace }
    assert.is(await command.run({ positionals: [record.run], values, ...told }), 1)
    assert.is(err[0], `changed since run ${record.run}: seed 1, now 2, as was asked`)
    const again = JSON.parse(out[0] ?? '')
    assert.equal([again.schema, again.of, again.identical, again.seed], ['hoplab/rerun/1', record.run, false, 2])
    assert.is(again.firstDifference.kind, 'event')
    assert.is.not(again.firstDifference.of, again.firstDifference.rerun)
    assert.ok(again.files.differing > 0)
    const [one, two] = await Promise.all([record.run, again.run].map((name) => showRun(name, { runsFolder })))
    assert.is.not(JSON.stringify(two?.json.statistics), JSON.stringify(one?.json.statistics))
    const source = readFileSync(join(again.folder, 'composition.toml'), 'utf8')
    assert.match(source, /^# run with --seed 2\n/)
  })

  test('is compared elsewhere too: a store carries its trace', async () => {
    const { store, record } = await first
    const to = freshRuns()
    await pull(folderStore(store), record.run, { to, tell: () => {}, signal })
    const trace = join(to, record.run, 'trace.ndjson.gz')
    const lines = gunzipSync(readFileSync(trace)).toString().split('\n')
    writeFileSync(trace, gzipSync(lines.toSpliced(99, 1).join('\n')))
    const versions = { ...record.versions, node: '20.0.0' }
    altered(to, record, { versions })
    const changed: string[] = []
    const again = await rerun(record.run, { runsFolder: to, workspace, onChanged: (line) => changed.push(line) })
    assert.equal(changed, [`changed since run ${record.run}: node 20.0.0, now ${process.versions.node}`])
    const firstDifference = { kind: 'event', event: 100, of: lines[100], rerun: lines[99] }
    assert.equal([again.identical, again.firstDifference], [false, firstDifference])
    assert.match(again.why ?? '', /trace.ndjson.gz was altered: it is not what its record says$/)
    assert.is(again.files?.differing, 0)
  })

  test('cannot be compared without its trace', async () => {
    const { store, record } = await first
    const to = freshRuns()
    await pull(folderStore(store), record.run, { to, tell: () => {}, signal })
    rmSync(join(to, record.run, 'trace.ndjson.gz'))
    const again = await rerun(record.run, { runsFolder: to, workspace })
    assert.is(again.identical, null)
    assert.match(again.why ?? '', /^trace.ndjson.gz is not in .*; bring it: hoplab pull 01/)
  })
})

describe('a run that is repeated', (test) => {
  test('is not compared where the machine decided its order', async () => {
    const runsFolder = freshRuns()
    const groups = [{ id: 'all', count: 2 }]
    const record = await run(await experimentOf({ plan: 'ends', case: 'end', runner: 'exec', groups }), { runsFolder })
    const again = await rerun(record, { runsFolder, workspace: fixtures })
    assert.equal([again.outcome, again.harness, again.identical, again.files], ['success', 'exec', null, null])
    assert.is(again.why, 'only a simulation can be compared, and exec leaves time and order to the machine')
    assert.ok(!('trace' in again))
  })

  test('is repeated with what was said beside its composition, and as the repetition that it was', async () => {
    const runsFolder = freshRuns()
    const path = join(fixtures.root, 'plans/ends/compositions/two.toml')
    const experiment = await prepare(path, { workspace: fixtures, params: { nodes: '1', repetitions: '3' }, seed: 5 })
    const record = await run(experiment, { runsFolder, repetition: 2 })
    const again = await rerun(record, { runsFolder, workspace: fixtures })
    assert.equal([again.spec, again.changed, again.instances.success], [record.specHash, [], 1])
    const source = (id: string) => readFileSync(join(runsFolder, id, 'composition.toml'), 'utf8')
    assert.is(source(again.run), source(record.run))
    const other = await rerun(again.run, { runsFolder, workspace: fixtures, seed: 6 })
    assert.match(source(other.run), /^# run with -p nodes="1" -p repetitions="3" --seed 6/)
    assert.is((await rerun(other.run, { runsFolder, workspace: fixtures })).seed, 6)
  })

  test('is refused where it was imported, and where its plan or its composition is gone', async () => {
    const runsFolder = freshRuns()
    const groups = [{ id: 'all', count: 1 }]
    const record = await run(await experimentOf({ plan: 'ends', case: 'end', runner: 'exec', groups }), { runsFolder })
    const options = { runsFolder, workspace: fixtures }
    const imported = { ...record, imported: { file: 'x.tgz', sha256: '00' } }
    await refused(rerun(imported, options), /was imported from x.tgz, and what made it is not here/)
    const elsewhere = { ...fixtures, plans: [freshFolder()] }
    await refused(
      rerun(record, { ...options, workspace: elsewhere }),
      /cannot be repeated here, where plan ends is gone/,
    )
    rmSync(join(runsFolder, record.run, 'composition.toml'))
    await refused(rerun(record, options), /its composition.toml is not in .*; bring the whole run: hoplab pull/)
    await refused(rerun('01NONE', options), /run 01NONE: no run in/)
    assert.not(existsSync(join(runsFolder, 'none')))
  })
})

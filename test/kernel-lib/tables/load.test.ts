import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { InputError } from '../../../kernel-lib/errors.ts'
import { load } from '../../../kernel-lib/tables/load.ts'
import { describe } from '../../suite.ts'
import { lookup, ndjson, node, peers, queryEvent, withRuns, writeRun } from './run-folder.ts'

const twoNodes = {
  'all/0/node.ndjson': ndjson(node(0)),
  'all/0/lookups.ndjson': ndjson(lookup('a'), lookup('b', { phase: 'bootstrap', first_result_ms: null })),
  'all/0/queries.ndjson': ndjson(
    queryEvent('b', 'sent'),
    queryEvent('a', 'answered', { closer: [peers[2]] }),
    queryEvent('never', 'sent'),
  ),
  'all/0/tables.ndjson': ndjson({
    ts_ms: 50,
    snapshot: 'joined',
    peer: peers[0],
    k: 20,
    buckets: [[peers[1], peers[2]], [], ['x']],
  }),
  'all/1/node.ndjson': ndjson(node(1)),
  'all/1/lookups.ndjson': ndjson(lookup('a')),
  'all/1/queries.ndjson': ndjson(queryEvent('a', 'sent')),
  'all/1/tables.ndjson': '',
}
const refused = (text: RegExp) => (error: Error) => error instanceof InputError && text.test(error.message)

async function rejects(promise: Promise<unknown>, text: RegExp): Promise<void> {
  const error = await promise.then(
    () => null,
    (reason: Error) => reason,
  )
  assert.ok(error !== null && refused(text)(error), String(error))
}

describe('load', (test) => {
  test('every row carries run, group, instance and seed', () =>
    withRuns(async (runs) => {
      writeRun(runs, { run: 'R1', instances: 2, seed: 7, files: twoNodes })
      const data = await load('R1', { runsFolder: runs })
      assert.equal(data.damage, [])
      assert.is(data.lookups.numRows(), 3)
      const [first] = data.lookups.objects() as Record<string, unknown>[]
      assert.equal({ run: first?.run, group: first?.group, seed: first?.seed }, { run: 'R1', group: 'all', seed: 7 })
      assert.equal([...data.lookups.array('instance')], [0, 0, 1])
      assert.equal(data.nodes.array('peer'), [peers[0], peers[1]])
      assert.equal(data.instances.array('outcome'), ['success', 'success'])
      assert.is(data.records[0]?.run, 'R1')
    }))

  test('numbers are typed columns, and what may be absent stays null', () =>
    withRuns(async (runs) => {
      writeRun(runs, { run: 'R1', instances: 2, files: twoNodes })
      const { lookups } = await load('R1', { runsFolder: runs })
      assert.instance(lookups.column('end_ms'), Float64Array)
      assert.equal(lookups.array('first_result_ms'), [150.5, null, 150.5])
      assert.equal(lookups.get('closest', 0), [peers[0], peers[2]])
    }))

  test('query events know the row and phase of their lookup, and −1 where it never ended', () =>
    withRuns(async (runs) => {
      writeRun(runs, { run: 'R1', instances: 2, files: twoNodes })
      const { queryEvents } = await load('R1', { runsFolder: runs })
      assert.equal([...queryEvents.array('lookup_row')], [1, 0, -1, 2])
      assert.equal(queryEvents.array('phase'), ['bootstrap', 'measured', null, 'measured'])
    }))

  test('a snapshot becomes one row for each entry', () =>
    withRuns(async (runs) => {
      writeRun(runs, { run: 'R1', instances: 2, files: twoNodes })
      const { entries, snapshots } = await load('R1', { runsFolder: runs })
      assert.is(snapshots.numRows(), 1)
      assert.equal(entries.array('entry'), [peers[1], peers[2], 'x'])
      assert.equal([...entries.array('cpl')], [0, 0, 2])
      assert.equal(entries.array('peer'), [peers[0], peers[0], peers[0]])
    }))

  test('a snapshot has what its owner could not know of it, where that is told, and else null', () =>
    withRuns(async (runs) => {
      const told = { snapshot: 'joined', nearest: [peers[2]], gone: ['x'], undialable: [], client: [] }
      const files = { ...twoNodes, 'all/0/surroundings.ndjson': ndjson({ ...told, snapshot: 'end' }, told) }
      writeRun(runs, { run: 'R1', instances: 2, files })
      writeRun(runs, { run: 'R2', instances: 2, files: twoNodes })
      const { snapshots } = await load(['R1', 'R2'], { runsFolder: runs, tables: ['snapshots'] })
      assert.equal(snapshots.array('nearest'), [[peers[2]], null])
      assert.equal(snapshots.array('gone'), [['x'], null])
      assert.equal([...snapshots.array('ts_ms')], [50, 50])
    }))

  test('several runs are concatenated, and lookup rows still point right', () =>
    withRuns(async (runs) => {
      writeRun(runs, { run: 'R1', instances: 2, files: twoNodes })
      const second = writeRun(runs, { run: 'R2', instances: 2, seed: 2, files: twoNodes })
      const data = await load(['R1', second], { runsFolder: runs })
      assert.is(data.lookups.numRows(), 6)
      assert.equal([...data.queryEvents.array('lookup_row')], [1, 0, -1, 2, 4, 3, -1, 5])
      assert.equal(new Set(data.lookups.array('seed')), new Set([1, 2]))
    }))

  test('the path of a folder names a run as well', () =>
    withRuns(async (runs) => {
      writeRun(runs, { run: 'R1', instances: 2, files: twoNodes })
      assert.is((await load(join(runs, 'R1'))).nodes.numRows(), 2)
    }))

  test('a run that is not there, or given twice, is refused', () =>
    withRuns(async (runs) => {
      writeRun(runs, { run: 'R1', instances: 2, files: twoNodes })
      await rejects(load('R9', { runsFolder: runs }), /R9: no run in .* begins so; there are R1/)
      await rejects(load(['R1', 'R1'], { runsFolder: runs }), /R1: given twice/)
      await rejects(load(join(runs, 'R9')), /R9 holds no record\.json; hoplab runs lists/)
      mkdirSync(join(runs, 'R3'))
      writeFileSync(join(runs, 'R3', 'run.json'), '{}')
      await rejects(load('R3', { runsFolder: runs }), /R3: it has no record\.json, and its run\.json was cut/)
      writeFileSync(join(runs, 'R1', 'record.json'), '{"schema": "hoplab/rec')
      await rejects(load('R1', { runsFolder: runs }), /not JSON/)
      writeFileSync(join(runs, 'R1', 'record.json'), '{"schema": "other/2"}')
      await rejects(load('R1', { runsFolder: runs }), /schema "other\/2"/)
    }))

  test('a group that would lead out of the folder is refused', () =>
    withRuns(async (runs) => {
      const record = writeRun(runs, { run: 'R1', instances: 1, files: {} })
      const instances = record.instances.map((instance) => ({ ...instance, group: '..' }))
      await rejects(load({ ...record, instances }, { runsFolder: runs }), /no name of a folder/)
    }))
})

describe('damage', (test) => {
  test('a last line cut in half is told and counted, the rest is read', () =>
    withRuns(async (runs) => {
      const cut = ndjson(lookup('a'), lookup('b')).slice(0, -40)
      writeRun(runs, { run: 'R1', instances: 1, files: { 'all/0/lookups.ndjson': cut } })
      const { lookups, damage } = await load('R1', { runsFolder: runs })
      assert.is(lookups.numRows(), 1)
      assert.is(damage.length, 1)
      assert.equal([damage[0]?.path, damage[0]?.line, damage[0]?.rows], ['all/0/lookups.ndjson', 2, 1])
      assert.match(damage[0]?.problem ?? '', /cut short/)
    }))

  test('a whole last line without its line end is read', () =>
    withRuns(async (runs) => {
      const whole = ndjson(lookup('a'), lookup('b')).trimEnd()
      writeRun(runs, { run: 'R1', instances: 1, files: { 'all/0/lookups.ndjson': whole } })
      const { lookups, damage } = await load('R1', { runsFolder: runs })
      assert.equal([lookups.numRows(), damage.length], [2, 0])
    }))

  test('rows that do not fit the schema are told with column, expectation and value', () =>
    withRuns(async (runs) => {
      const rows = [
        lookup('a', { status: 'fine' }),
        lookup('b', { end_ms: '250' }),
        lookup('c', { k: 1.5 }),
        lookup('d', { seeds: ['x', 1] }),
        lookup('e', { connected: 0 }),
        { lookup: 'f' },
        lookup('g'),
      ]
      const content = `${ndjson(...rows)}\n[1]\ntr^e\n`
      writeRun(runs, { run: 'R1', instances: 1, files: { 'all/0/lookups.ndjson': content } })
      const { lookups, damage } = await load('R1', { runsFolder: runs })
      assert.equal(lookups.array('lookup'), ['g'])
      assert.match(damage[5]?.problem ?? '', /column "phase" is missing; column "kind" is missing/)
      assert.equal(
        damage.map((one) => `${one.line} ${one.problem}`).filter((text) => !text.startsWith('6 ')),
        [
          '1 column "status" is "fine"; write one of ok, failed, timeout, absent',
          '2 column "end_ms" is "250"; write a number',
          '3 column "k" is 1.5; write an integer',
          '4 column "seeds" at 1 is 1; write a string',
          '5 column "connected" is 0; write a boolean or null',
          '9 the row is [1]; write an object',
          '10 not JSON: "tr^e"',
        ],
      )
    }))

  test('a line of 10 MB is refused and the lines around it are read', () =>
    withRuns(async (runs) => {
      const long = lookup('long', { error: 'x'.repeat(10_000_000) })
      const content = ndjson(lookup('a'), long, lookup('b'))
      writeRun(runs, { run: 'R1', instances: 1, files: { 'all/0/lookups.ndjson': content } })
      const { lookups, damage } = await load('R1', { runsFolder: runs })
      assert.equal(lookups.array('lookup'), ['a', 'b'])
      assert.is(damage.length, 1)
      assert.is(damage[0]?.line, 2)
      assert.match(damage[0]?.problem ?? '', /^a line of 100005\d\d bytes; the most that is read is 4194304$/)
    }))

  test('a file that others of the group have is missed', () =>
    withRuns(async (runs) => {
      const { 'all/1/lookups.ndjson': _, ...files } = twoNodes
      writeRun(runs, { run: 'R1', instances: 2, files })
      const { damage } = await load('R1', { runsFolder: runs })
      assert.equal(
        damage.map(({ path, line, rows }) => ({ path, line, rows })),
        [{ path: 'all/1/lookups.ndjson', line: null, rows: null }],
      )
    }))

  test('a file that is in the record and not in the folder is missed, one that changed is told', () =>
    withRuns(async (runs) => {
      writeRun(runs, { run: 'R1', instances: 2, files: twoNodes })
      rmSync(join(runs, 'R1/all/0/node.ndjson'))
      appendFileSync(join(runs, 'R1/all/1/lookups.ndjson'), ndjson(lookup('added')))
      const { damage, lookups } = await load('R1', { runsFolder: runs })
      assert.equal(
        damage.map(({ path, rows }) => [path, rows]),
        [
          ['all/0/node.ndjson', null],
          ['all/1/lookups.ndjson', 0],
        ],
      )
      assert.match(damage[1]?.problem ?? '', /changed since it was recorded/)
      assert.is(lookups.numRows(), 4)
    }))

  test('a thousand bad lines are a hundred entries and one that counts the rest', () =>
    withRuns(async (runs) => {
      writeRun(runs, { run: 'R1', instances: 1, files: { 'all/0/lookups.ndjson': '{}\n'.repeat(1000) } })
      const { damage } = await load('R1', { runsFolder: runs })
      assert.is(damage.length, 101)
      assert.is(
        damage.reduce((sum, one) => sum + (one.rows ?? 0), 0),
        1000,
      )
    }))

  test('text beyond ASCII that falls on a chunk border is read whole', () =>
    withRuns(async (runs) => {
      const error = 'é'.repeat(300_000)
      writeRun(runs, {
        run: 'R1',
        instances: 1,
        files: { 'all/0/lookups.ndjson': ndjson(lookup('a', { error }), lookup('b', { error: `x${error}` })) },
      })
      const { lookups, damage } = await load('R1', { runsFolder: runs })
      assert.equal(damage, [])
      assert.ok(lookups.get('error', 0) === error && lookups.get('error', 1) === `x${error}`)
    }))
})

describe('records of a plan of its own', (test) => {
  const schema = {
    name: 'blocks',
    file: 'blocks.ndjson',
    about: 'A block.',
    columns: { ts_ms: { type: 'number', about: 'When.' }, cid: { type: 'string?', about: 'Which.' } },
  }
  test('become a table by their name', () =>
    withRuns(async (runs) => {
      const files = {
        'schemas/blocks.json': JSON.stringify(schema),
        'all/0/blocks.ndjson': ndjson({ ts_ms: 1, cid: 'x' }, { ts_ms: 2, cid: null }, { ts_ms: null, cid: 'y' }),
      }
      writeRun(runs, { run: 'R1', instances: 1, files })
      const data = await load('R1', { runsFolder: runs })
      assert.equal(data.table('blocks').array('cid'), ['x', null])
      assert.is(data.damage[0]?.problem, 'column "ts_ms" is null; write a number')
      assert.throws(() => data.table('bloks'), /there are instances, entries, .*blocks/)
    }))

  test('a schema that is none is refused with its path', () =>
    withRuns(async (runs) => {
      const bad = JSON.stringify({ ...schema, file: '../../secret' })
      writeRun(runs, { run: 'R1', instances: 1, files: { 'schemas/blocks.json': bad } })
      await rejects(load('R1', { runsFolder: runs }), /blocks\.json: not a record schema/)
    }))
})

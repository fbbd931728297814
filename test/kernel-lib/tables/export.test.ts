import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { table } from 'arquero'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import * as assert from 'uvu/assert'
import type { Invocation } from '../../../kernel-lib/command.ts'
import { InputError } from '../../../kernel-lib/errors.ts'
import { digest } from '../../../kernel-lib/run/artifacts.ts'
import { unpackArchive } from '../../../kernel-lib/run/import/archive.ts'
import command from '../../../kernel-lib/tables/commands/export.ts'
import { tableText } from '../../../kernel-lib/tables/table-text.ts'
import { describe } from '../../suite.ts'
import { lookup, ndjson, withRuns, writeRun } from './run-folder.ts'

const text = (format: string, columns: Record<string, unknown[] | Float64Array>): string =>
  [...tableText(table(columns as Record<string, unknown[]>), format)].join('')

async function exported(runs: string, positionals: string[], values: Invocation['values']) {
  const out: string[] = []
  const err: string[] = []
  const workspace = { root: '', commands: [], plans: [], observers: [] }
  const signal = new AbortController().signal
  const code = await command.run({
    positionals,
    values: { runs, ...values },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    signal,
    workspace,
  })
  return { code, out: out.join('\n'), err }
}

async function refused(work: Promise<unknown>, message: RegExp): Promise<void> {
  const error = await work.then(
    () => null,
    (reason: Error) => reason,
  )
  assert.instance(error, InputError)
  assert.match((error as Error).message, message)
}

describe('a table as text', (test) => {
  test('in csv quotes what needs it, leaves absent values empty and writes arrays as JSON', () => {
    const columns = {
      number: new Float64Array([1.5, -0.001, 1584621858901.2961]),
      word: ['plain', 'a "b", c', 'two\nlines'],
      gap: [null, '', ' x '],
      list: [['p', 'q"'], [], null],
      flag: [true, false, null],
    }
    assert.is(
      text('csv', columns),
      [
        'number,word,gap,list,flag',
        '1.5,plain,,"[""p"",""q\\""""]",true',
        '-0.001,"a ""b"", c","",[],false',
        '1584621858901.2961,"two\nlines"," x ",,',
        '',
      ].join('\n'),
    )
  })

  test('in json and ndjson reads back as it was', () => {
    const columns = { a: new Float64Array([1, 2]), b: [null, ['x']], c: ['é\n', true] }
    const rows = [
      { a: 1, b: null, c: 'é\n' },
      { a: 2, b: ['x'], c: true },
    ]
    assert.equal(JSON.parse(text('json', columns)), rows)
    assert.equal(
      text('ndjson', columns)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
      rows,
    )
    assert.equal(JSON.parse(text('json', { a: [] })), [])
    assert.is(text('ndjson', { a: [] }), '')
    assert.is(text('csv', { a: [] }), 'a\n')
  })

  test('comes in pieces that end with a line and lose none', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => `value ${i}`)
    const pieces = [...tableText(table({ values }), 'csv')]
    assert.ok(pieces.length > 2)
    assert.ok(pieces.every((piece) => piece.endsWith('\n') && piece.length > 0))
    assert.equal(pieces.join('').trimEnd().split('\n').slice(1), values)
  })
})

describe('hoplab export', (test) => {
  const files = { 'all/0/lookups.ndjson': `${ndjson(lookup('a'), lookup('b', { error: 'x,y' }))}{"cut` }

  test('prints a table and tells damage apart from it', () =>
    withRuns(async (runs) => {
      writeRun(runs, { run: 'R1', instances: 1, files })
      const { code, out, err } = await exported(runs, ['R1'], { table: 'lookups' })
      assert.is(code, 0)
      const lines = out.split('\n')
      assert.is(lines.length, 3)
      assert.match(lines[0] ?? '', /^run,group,instance,seed,lookup,phase,kind,target,/)
      assert.match(lines[2] ?? '', /^R1,all,0,1,b,measured,find-peer,.*"x,y"/)
      assert.equal(err.length, 1)
      assert.match(err[0] ?? '', /^all\/0\/lookups\.ndjson:3: the last line is cut short/)
    }))

  test('writes a file whole, and leaves no other', () =>
    withRuns(async (runs) => {
      writeRun(runs, { run: 'R1', instances: 1, files })
      const out = join(runs, 'lookups.json')
      await exported(runs, ['R1'], { table: 'lookups', format: 'json', out })
      assert.is(JSON.parse(readFileSync(out, 'utf8')).length, 2)
      assert.equal(readdirSync(runs).sort(), ['R1', 'lookups.json'])
    }))

  test('takes the newest run where none is named', () =>
    withRuns(async (runs) => {
      writeRun(runs, { run: 'R1', instances: 1, files: {} })
      writeRun(runs, { run: 'R2', instances: 1, files })
      const { out } = await exported(runs, [], { table: 'lookups' })
      assert.match(out.split('\n')[1] ?? '', /^R2,/)
      const older = await exported(runs, ['R1'], { table: 'instances' })
      assert.match(older.out, /R1,all,0,1,1,success,success/)
    }))

  test('has damage as a table too', () =>
    withRuns(async (runs) => {
      writeRun(runs, { run: 'R1', instances: 1, files })
      const { out } = await exported(runs, ['R1'], { table: 'damage', format: 'ndjson' })
      assert.is(JSON.parse(out).line, 3)
    }))

  test('refuses what it does not know and names what there is', () =>
    withRuns(async (runs) => {
      writeRun(runs, { run: 'R1', instances: 1, files })
      await refused(exported(runs, ['R1'], {}), /--table: write one of instances/)
      await refused(exported(runs, ['R1'], { table: 'lookup' }), /table lookup: .*lookups/)
      await refused(
        exported(runs, ['R1'], { table: 'lookups', format: 'xlsx' }),
        /--format xlsx: .*csv, json, ndjson, parquet, tgz/,
      )
      await refused(exported(runs, ['R2'], { table: 'lookups' }), /R2: no run in .* begins so; there are R1/)
      const nowhere = join(runs, 'no', 'folder.csv')
      await refused(exported(runs, ['R1'], { table: 'lookups', out: nowhere }), /cannot be written \(ENOENT\)/)
      assert.not(existsSync(join(runs, 'no')))
    }))

  test('in Parquet reads back as it was, the same bytes each time', () =>
    withRuns(async (runs) => {
      writeRun(runs, { run: 'R1', instances: 1, files })
      const [one, two] = [join(runs, 'one.parquet'), join(runs, 'two.parquet')]
      for (const out of [one, two]) await exported(runs, ['R1'], { table: 'lookups', format: 'parquet', out })
      assert.ok(Buffer.compare(readFileSync(one), readFileSync(two)) === 0)
      const rows = await parquetReadObjects({ file: await asyncBufferFromFile(one) })
      assert.is(rows.length, 2)
      const [first] = rows
      assert.equal(
        [first?.run, first?.instance, first?.lookup, first?.end_ms, first?.connected, first?.error, first?.closest],
        ['R1', 0, 'a', 250.5, false, null, JSON.stringify(lookup('a').closest)],
      )
      await refused(
        exported(runs, ['R1'], { table: 'lookups', format: 'parquet' }),
        /--format parquet: write a file too/,
      )
    }))

  test('of all of a run is the archive that Testground makes, which can be imported', () =>
    withRuns(async (runs) => {
      const record = writeRun(runs, { run: 'R1', instances: 1, files: { ...files, 'all/0/sub/run.out': '{"ts":1}\n' } })
      const [one, two] = [join(runs, 'one.tgz'), join(runs, 'two.tgz')]
      for (const out of [one, two]) await exported(runs, ['R1'], { format: 'tgz', out })
      assert.ok(Buffer.compare(readFileSync(one), readFileSync(two)) === 0)
      const folder = join(runs, 'unpacked')
      const { run, files: found } = await unpackArchive(one, folder)
      assert.equal([run, found.length], ['R1', record.artifacts.length])
      for (const { path, sha256 } of record.artifacts) assert.is((await digest(join(folder, path))).sha256, sha256)
      await refused(exported(runs, ['R1'], { format: 'tgz' }), /--format tgz: write a file too/)
      await refused(exported(runs, ['R1'], { format: 'tgz', out: one, table: 'lookups' }), /leave --table out/)
      writeFileSync(join(runs, 'R1/all/0/sub/run.out'), 'changed')
      await refused(
        exported(runs, ['R1'], { format: 'tgz', out: one }),
        /run\.out: was changed since the run was recorded/,
      )
    }))
})
